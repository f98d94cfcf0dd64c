package org.jbuildah.maven;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jbuildah.engine.api.NearMiss;

/**
 * The properties that parameters of this plugin's goals have. Maven passes over any other in silence: who writes {@code -Dbuildah.psuh} believes that
 * the image is pushed.
 *
 * @param names of parameters with one value
 * @param prefixes of parameters that map names to values, each with a full stop at its end
 */
record PropertyNames(Set<String> names, Set<String> prefixes) {
    private static final String OURS = "buildah.";

    PropertyNames {
        names = Set.copyOf(names);
        prefixes = Set.copyOf(prefixes);
    }

    static PropertyNames of(PluginDescriptor plugin) {
        Set<String> names = new TreeSet<>();
        Set<String> prefixes = new TreeSet<>();
        for (MojoDescriptor goal : plugin.getMojos()) {
            for (PlexusConfiguration parameter : goal.getMojoConfiguration().getChildren()) {
                String expression = parameter.getValue("");
                if (expression.startsWith("${" + OURS)) {
                    names.add(expression.substring(2, expression.length() - 1));
                }
            }
            for (Parameter parameter : goal.getParameters()) {
                if (parameter.getType().equals("java.util.Map")) {
                    prefixes.add(OURS + parameter.getName() + ".");
                }
            }
        }
        return new PropertyNames(names, prefixes);
    }

    /** A sentence for each property that is nearly one of these; what is unlike all of them may be the pom's own. */
    List<String> misspelt(Collection<String> userProperties) {
        List<String> known = new ArrayList<>(new TreeSet<>(names));
        List<String> sentences = new ArrayList<>();
        for (String property : new TreeSet<>(userProperties)) {
            if (property.startsWith(OURS)
                    && !names.contains(property)
                    && prefixes.stream().noneMatch(property::startsWith)) {
                NearMiss.of(property.substring(OURS.length()), tails(known))
                        .ifPresent(near ->
                                sentences.add("-D" + property + " has no effect; did you mean -D" + OURS + near + "?"));
            }
        }
        return sentences;
    }

    private static List<String> tails(List<String> known) {
        return known.stream().map(name -> name.substring(OURS.length())).toList();
    }
}
