package org.jbuildah.maven.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where a configuration stands: the module and the Maven run around it.
 *
 * @param buildDirectory usually {@code target}
 * @param offline true for {@code mvn -o}
 * @param userProperties those of the command line
 * @param environment of this process
 */
public record Surroundings(
        Path baseDirectory,
        Path buildDirectory,
        String artifactId,
        String version,
        boolean offline,
        Map<String, String> userProperties,
        Map<String, String> environment) {
    public Surroundings {
        userProperties = Map.copyOf(userProperties);
        environment = Map.copyOf(environment);
    }
}
