package org.jbuildah.engine.host;

import java.util.List;
import org.jbuildah.engine.api.BuildMode;
import org.jbuildah.engine.host.Obstacle.Kind;

/** For a mode that this version knows by name only. */
record NotThereYetRule(BuildMode mode) implements ModeRule {
    @Override
    public Verdict judge(HostFacts host) {
        return new Verdict(
                mode.word(),
                List.of(new Obstacle(
                        Kind.NOT_THERE_YET,
                        "The mode " + mode.word() + " is not there yet in this version.",
                        "Use the mode " + BuildMode.NATIVE_CHROOT.word() + " or " + BuildMode.AUTO.word() + ".")));
    }
}
