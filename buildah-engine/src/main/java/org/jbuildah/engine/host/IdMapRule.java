package org.jbuildah.engine.host;

import java.util.List;
import org.jbuildah.engine.worker.Namespaces;

/** Judges one way to be root of the worker's namespaces. */
interface IdMapRule {
    /** Best first. */
    static List<IdMapRule> all() {
        return List.of(new RealRootRule(), new OwnIdsRule(), new SubIdsRule(), new SingleIdRule());
    }

    Verdict judge(HostFacts host);

    /** The namespaces to start with, where the verdict is favourable. */
    Namespaces namespaces(HostFacts host);
}
