package org.jbuildah.engine.host;

/**
 * What was said when namespaces were tried with nothing in them; each is empty if it worked, or if nothing made the trial needful.
 *
 * @param userNamespace an ordinary user's way, and that of root without CAP_SYS_ADMIN
 * @param mountNamespace root's way, which a security module may deny in spite of the capability
 * @param idMap newuidmap and newgidmap with all of the user's ranges
 */
public record TrialFacts(String userNamespace, String mountNamespace, String idMap) {
    static final TrialFacts NONE = new TrialFacts("", "", "");
}
