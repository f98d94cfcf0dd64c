package org.jbuildah.engine.fetch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the two ways to say what of a repository is meant: the query, and the fragment. They may not contradict each other. */
final class GitQuery {
    private static final Set<String> SWITCHES = Set.of("submodules", "keep-git-dir", "fetch-by-commit");
    private static final Set<String> VALUES = Set.of("ref", "tag", "branch", "subdir", "checksum", "commit", "mtime");
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-fA-F]+");

    private final String word;
    private final Map<String, String> query = new LinkedHashMap<>();

    /** @param word the whole, for messages */
    GitQuery(String word) {
        this.word = WebAddress.hidden(word);
    }

    /** @throws IllegalArgumentException if something is unknown, empty, said twice or contradicts itself */
    GitReference read(String remote, @Nullable String rawQuery, @Nullable String rawFragment) {
        split(rawQuery == null ? "" : rawQuery);
        // a plus sign is itself in a fragment, and a blank in a query
        String fragment = rawFragment == null ? "" : GitReference.decoded(rawFragment.replace("+", "%2B"));
        int colon = fragment.indexOf(':');
        String ref = agreed("ref", colon < 0 ? fragment : fragment.substring(0, colon), value("ref"));
        String subdirectory = agreed("subdir", colon < 0 ? "" : fragment.substring(colon + 1), value("subdir"));
        if (query.containsKey("tag") && query.containsKey("branch")) {
            throw wrong("it names a tag and a branch; keep one of them");
        }
        ref = agreed("ref", ref, prefixed("refs/tags/", value("tag")));
        ref = agreed("ref", ref, prefixed("refs/heads/", value("branch")));
        String checksum = agreed("checksum", value("checksum"), value("commit"));
        if (!checksum.isEmpty() && !HEXADECIMAL.matcher(checksum).matches()) {
            throw wrong("\"" + checksum + "\" is not the id of a commit");
        }
        ref = ref.isEmpty() ? checksum : ref;
        if (ref.startsWith("-")) {
            throw wrong("the name of a reference cannot begin with a dash");
        }
        String mtime = value("mtime");
        if (!mtime.isEmpty() && !mtime.equals("checkout") && !mtime.equals("commit")) {
            throw wrong("mtime is checkout or commit, not \"" + mtime + "\"");
        }
        boolean fetchByCommit = isOn("fetch-by-commit", false);
        if (fetchByCommit && !GitReference.isCommit(checksum)) {
            throw wrong("fetch-by-commit needs a whole commit id as checksum");
        }
        return new GitReference(
                remote,
                ref,
                subdirectory,
                checksum,
                query.containsKey("keep-git-dir") ? isOn("keep-git-dir", true) : null,
                isOn("submodules", true),
                fetchByCommit);
    }

    private void split(String rawQuery) {
        for (String pair : rawQuery.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String key = GitReference.decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : GitReference.decoded(pair.substring(equals + 1));
            if (!VALUES.contains(key) && !SWITCHES.contains(key)) {
                throw wrong(
                        "the query \"" + key + "\" is unknown; there are ref, tag, branch, subdir, checksum, commit,"
                                + " keep-git-dir, submodules, mtime and fetch-by-commit");
            }
            if (value.isEmpty() && !SWITCHES.contains(key)) {
                throw wrong("the query \"" + key + "\" has no value");
            }
            if (query.put(key, value) != null) {
                throw wrong("the query \"" + key + "\" is there twice");
            }
        }
    }

    private String value(String key) {
        return query.getOrDefault(key, "");
    }

    private String agreed(String key, String one, String other) {
        if (!one.isEmpty() && !other.isEmpty() && !one.equals(other)) {
            throw wrong("it has two values for " + key + ", \"" + one + "\" and \"" + other + "\"");
        }
        return one.isEmpty() ? other : one;
    }

    private static String prefixed(String prefix, String name) {
        return name.isEmpty() || name.startsWith(prefix) ? name : prefix + name;
    }

    /** As Go reads a boolean; the bare word is true. */
    private boolean isOn(String key, boolean unsaid) {
        if (!query.containsKey(key)) {
            return unsaid;
        }
        return switch (value(key)) {
            case "", "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw wrong(key + " is true or false, not \"" + value(key) + "\"");
        };
    }

    private IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException("The Git reference \"" + word + "\" is wrong: " + why + ".");
    }
}
