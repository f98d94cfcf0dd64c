package org.jbuildah.engine.build;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.api.Lent;
import org.jbuildah.engine.api.SecretSource;
import org.jbuildah.engine.api.Volume;

/**
 * What the mounts of a build's RUNs can refer to.
 *
 * @param secrets by id
 * @param agents sockets, by id
 * @param volumes of every RUN
 * @param cacheNamespace parts the cache directories of builds from each other, {@code BUILDKIT_CACHE_MOUNT_NS}; usually empty
 */
public record MountSettings(
        Map<String, SecretSource> secrets, Map<String, Path> agents, List<Volume> volumes, String cacheNamespace) {
    public static final MountSettings NONE = new MountSettings(Map.of(), Map.of(), List.of(), "");

    public static MountSettings of(Lent lent, String cacheNamespace) {
        return new MountSettings(lent.secrets(), lent.agents(), lent.volumes(), cacheNamespace);
    }

    public MountSettings {
        secrets = Map.copyOf(secrets);
        agents = Map.copyOf(agents);
        volumes = List.copyOf(volumes);
    }
}
