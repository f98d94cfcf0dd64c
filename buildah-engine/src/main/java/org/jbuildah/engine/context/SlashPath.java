package org.jbuildah.engine.context;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Paths as users write them, with slashes on every platform, cleaned as Go's {@code path.Clean} does: by their text alone. */
final class SlashPath {
    private SlashPath() {}

    /** The shortest equal path: no doubled slash, no {@code .}, no {@code ..} after a name; {@code .} for an empty one. */
    static String clean(String path) {
        boolean absolute = path.startsWith("/");
        List<String> kept = new ArrayList<>();
        for (String component : path.split("/", -1)) {
            if (component.isEmpty() || component.equals(".")) {
                continue;
            }
            boolean nameBefore = !kept.isEmpty() && !kept.get(kept.size() - 1).equals("..");
            if (!component.equals("..")) {
                kept.add(component);
            } else if (nameBefore) {
                kept.remove(kept.size() - 1);
            } else if (!absolute) {
                kept.add("..");
            }
        }
        String joined = String.join("/", kept);
        if (absolute) {
            return "/" + joined;
        }
        return joined.isEmpty() ? "." : joined;
    }

    /** The components of a path inside a tree whose root no {@code ..} leaves; none for the root itself. */
    static List<String> componentsBelowRoot(String path) {
        String clean = clean("/" + path);
        return clean.equals("/") ? List.of() : Arrays.asList(clean.substring(1).split("/", -1));
    }
}
