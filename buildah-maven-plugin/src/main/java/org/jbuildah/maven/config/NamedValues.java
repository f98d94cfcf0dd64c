package org.jbuildah.maven.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Parameters that map names to values: arguments, labels. Properties such as {@code -Dbuildah.args.JAVA_VERSION=21} count before the pom. */
record NamedValues(Surroundings surroundings) {
    Map<String, String> of(String parameter, Map<String, String> configured) {
        Map<String, String> all = new LinkedHashMap<>();
        // Maven gives null for an element without text
        configured.forEach((name, value) -> all.put(name, value == null ? "" : value));
        String prefix = "buildah." + parameter + ".";
        surroundings.userProperties().entrySet().stream()
                .filter(property -> property.getKey().startsWith(prefix))
                .sorted(Map.Entry.comparingByKey())
                .forEach(property -> all.put(property.getKey().substring(prefix.length()), property.getValue()));
        return all;
    }
}
