package org.jbuildah.engine.lint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.context.IgnoreFile;
import org.jbuildah.engine.context.SourceSelection;
import org.jbuildah.engine.context.SourceTree;
import org.jbuildah.engine.layer.EntryName;

/**
 * The build context as rules see it.
 *
 * @param files opened when a rule asks; a rule that cannot read it finds nothing, since COPY will say why
 */
public record ContextView(IgnoreFile ignoreFile, Supplier<SourceTree> files) {
    /** The names that a wildcard stands for, in the order in which COPY takes them. */
    List<String> matches(String wildcard) {
        try {
            List<String> names = new ArrayList<>();
            SourceSelection.of(files.get())
                    .select(wildcard)
                    .forEach(selected -> names.add(selected.name().toString()));
            return names;
        } catch (IOException | BuildException unreadable) {
            return List.of();
        }
    }

    /**
     * True if the ignore file keeps a source of COPY out of the context. An ignore file with exceptions ({@code !pattern}) keeps out
     * nothing for certain: part of an excluded directory may be there.
     */
    boolean excludes(String source) {
        List<String> patterns = ignoreFile.patterns();
        if (patterns.stream().anyMatch(pattern -> pattern.startsWith("!"))) {
            return false;
        }
        List<String> components = components(source);
        if (components.isEmpty()) {
            return patterns.stream().anyMatch(List.of("*", "**", "**/*")::contains);
        }
        return ignoreFile.excludes(EntryName.of(String.join("/", components))).isPresent();
    }

    private static List<String> components(String source) {
        List<String> components = new ArrayList<>();
        for (String component : source.split("/", -1)) {
            if (component.equals("..")) {
                if (!components.isEmpty()) {
                    components.remove(components.size() - 1);
                }
            } else if (!component.isEmpty() && !component.equals(".")) {
                components.add(component);
            }
        }
        return components;
    }
}
