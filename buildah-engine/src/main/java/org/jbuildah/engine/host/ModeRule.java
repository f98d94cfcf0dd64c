package org.jbuildah.engine.host;

import org.jbuildah.engine.api.BuildMode;

/** Judges one mode. Takes facts, touches nothing. */
interface ModeRule {
    BuildMode mode();

    Verdict judge(HostFacts host);
}
