package org.jbuildah.maven;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.jbuildah.engine.api.NearMiss;

/**
 * The elements that the plugin's {@code <configuration>} may have, of all goals, as it may stand beside the executions. Some versions of Maven pass over
 * any other in silence: who writes {@code <imagee>} believes that the image has that name.
 */
record ElementNames(Set<String> names) {
    ElementNames {
        names = Set.copyOf(names);
    }

    static ElementNames of(PluginDescriptor plugin) {
        Set<String> names = new TreeSet<>();
        for (MojoDescriptor goal : plugin.getMojos()) {
            for (Parameter parameter : goal.getParameters()) {
                if (parameter.isEditable()) {
                    names.add(parameter.getName());
                }
            }
        }
        return new ElementNames(names);
    }

    /** A sentence for each element that is none of these. */
    List<String> misspelt(Collection<String> elements) {
        List<String> sentences = new ArrayList<>();
        for (String element : new TreeSet<>(elements)) {
            if (!names.contains(element)) {
                sentences.add("<" + element + "> in the plugin's <configuration> has no effect"
                        + NearMiss.of(element, new TreeSet<>(names))
                                .map(near -> "; did you mean <" + near + ">?")
                                .orElse(": it has no such parameter."));
            }
        }
        return sentences;
    }
}
