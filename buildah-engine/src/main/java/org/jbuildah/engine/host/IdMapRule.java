package org.jbuildah.engine.host;

import org.jbuildah.engine.worker.Namespaces;

/** Judges one way to be root of the worker's namespaces. */
interface IdMapRule {
    Verdict judge(HostFacts host);

    /** The namespaces to start with, where the verdict is favourable. */
    Namespaces namespaces(HostFacts host);
}
