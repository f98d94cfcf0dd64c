package org.jbuildah.engine.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is lent to the {@code RUN}s of a build, and stays out of its image.
 *
 * @param secrets for {@code --mount=type=secret}, by id
 * @param agents sockets of ssh agents for {@code --mount=type=ssh}, by id; {@code default} is the one that needs no name
 * @param volumes laid over the image in every {@code RUN}
 */
public record Lent(Map<String, SecretSource> secrets, Map<String, Path> agents, List<Volume> volumes) {
    public static final Lent NOTHING = new Lent(Map.of(), Map.of(), List.of());

    public Lent {
        secrets = Map.copyOf(secrets);
        agents = Map.copyOf(agents);
        volumes = List.copyOf(volumes);
    }
}
