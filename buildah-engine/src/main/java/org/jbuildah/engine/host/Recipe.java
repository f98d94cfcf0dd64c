package org.jbuildah.engine.host;

import java.util.Objects;

/**
 * What removes an obstacle, ready to be pasted.
 *
 * @param text commands or a part of a file, whole lines
 */
public record Recipe(Place place, String text) {
    /** Where it is written or typed. */
    public enum Place {
        MACHINE("on the machine"),
        IMAGE("in the Dockerfile of the image that this runs in"),
        DOCKER("docker run, podman run"),
        KUBERNETES("Kubernetes, in the pod"),
        GITLAB_DOCKER("GitLab, docker executor: config.toml of the runner"),
        GITLAB_KUBERNETES("GitLab, Kubernetes executor: config.toml of the runner"),
        JENKINS("Jenkins, in the pipeline"),
        SYSTEMD("systemd, in the unit of the agent");

        private final String title;

        Place(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }

        /** Whether somebody on this machine is likely to need it. */
        boolean fits(HostFacts host) {
            String kind = Objects.requireNonNullElse(host.container().kind(), "");
            String runner = host.container().runner();
            boolean pod = kind.equals("kubernetes");
            return switch (this) {
                case MACHINE -> true;
                case IMAGE -> host.container().inside();
                case DOCKER -> host.container().inside() && !pod && runner.isEmpty();
                case KUBERNETES -> (pod || kind.equals("container")) && runner.isEmpty();
                case GITLAB_DOCKER -> host.container().inside() && !pod && runner.equals("gitlab");
                case GITLAB_KUBERNETES -> pod && runner.equals("gitlab");
                case JENKINS -> host.container().inside() && runner.equals("jenkins");
                case SYSTEMD -> !host.container().inside();
            };
        }
    }
}
