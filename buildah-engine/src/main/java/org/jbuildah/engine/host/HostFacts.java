package org.jbuildah.engine.host;

/**
 * All that is known of the machine before a worker is started: what its files say, and what small trials said where reading is no proof.
 *
 * @param tools the programs that a worker is started with
 * @param programs those of others that a mode may use
 */
public record HostFacts(
        SystemFacts system,
        ContainerFacts container,
        ProcessFacts process,
        SubIds subIds,
        UserNamespaceRules userNamespaces,
        TrialFacts trials,
        SecurityFacts security,
        HostTools tools,
        OtherPrograms programs,
        LayerFacts layers,
        StoreFacts store) {
    boolean linux() {
        return system.linux();
    }
}
