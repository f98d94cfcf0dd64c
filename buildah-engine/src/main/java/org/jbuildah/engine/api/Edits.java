package org.jbuildah.engine.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a request does to named values of an image: its labels, its annotations.
 *
 * @param inherit false: those of the base image do not count
 * @param unset removed, wherever they came from but {@code set}
 * @param set added last
 */
public record Edits(boolean inherit, Set<String> unset, Map<String, String> set) {
    public static final Edits NONE = new Edits(true, Set.of(), Map.of());

    public Edits {
        unset = Collections.unmodifiableSet(new LinkedHashSet<>(unset));
        set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
    }

    /** Nothing but values to add. */
    public static Edits setting(Map<String, String> values) {
        return new Edits(true, Set.of(), values);
    }

    /** These values with what is unset removed and what is set added. What is inherited among them, the caller knows. */
    public SortedMap<String, String> appliedTo(Map<String, String> values) {
        SortedMap<String, String> edited = new TreeMap<>(values);
        edited.keySet().removeAll(unset);
        edited.putAll(set);
        return edited;
    }
}
