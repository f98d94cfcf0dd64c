package org.jbuildah.engine.dockerfile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.NearMiss;

/** A flag that an instruction knows. */
record FlagRule(String name, Kind kind) {
    enum Kind {
        /** {@code --link}, {@code --link=true} or {@code --link=false}. */
        TOGGLE,
        /** {@code --from=x}, once. */
        TEXT,
        /** {@code --mount=x}, any number of times. */
        TEXTS
    }

    static FlagRule toggle(String name) {
        return new FlagRule(name, Kind.TOGGLE);
    }

    static FlagRule text(String name) {
        return new FlagRule(name, Kind.TEXT);
    }

    static FlagRule texts(String name) {
        return new FlagRule(name, Kind.TEXTS);
    }

    /** The flags of an instruction as records, all of them known, well-formed, and given once where that is the rule. */
    static List<Flag> check(Keyword keyword, List<String> written) {
        List<Flag> flags = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String flag : written) {
            int equals = flag.indexOf('=');
            String name = equals < 0 ? flag.substring(2) : flag.substring(2, equals);
            FlagRule rule = keyword.flags().stream()
                    .filter(known -> known.name.equals(name))
                    .findFirst()
                    .orElseThrow(() -> unknown(keyword, name));
            if (!seen.add(name) && rule.kind != Kind.TEXTS) {
                throw invalid(keyword + " has the flag --" + name + " twice.", "Keep one of the two.");
            }
            flags.add(rule.read(keyword, equals < 0 ? Optional.empty() : Optional.of(flag.substring(equals + 1))));
        }
        return List.copyOf(flags);
    }

    private Flag read(Keyword keyword, Optional<String> value) {
        if (kind != Kind.TOGGLE) {
            return new Flag(
                    name,
                    value.orElseThrow(() -> invalid(
                            keyword + " has the flag --" + name + " without a value.",
                            "Write --" + name + "=VALUE, with an equals sign and no blank.")),
                    true);
        }
        String text = value.orElse("true").toLowerCase(Locale.ROOT);
        if (!text.equals("true") && !text.equals("false")) {
            throw invalid(
                    keyword + " --" + name + " is either true or false, not \"" + value.orElse("") + "\".",
                    "Write --" + name + " or --" + name + "=false.");
        }
        return new Flag(name, value.isPresent() ? text : "", value.isPresent());
    }

    private static DockerfileInvalid unknown(Keyword keyword, String name) {
        List<String> known = keyword.flags().stream().map(FlagRule::name).toList();
        String guess = NearMiss.of(name, known)
                .map(near -> "; did you mean --" + near + "?")
                .orElse(".");
        String remedy = known.isEmpty()
                ? keyword + " has no flags. An argument that begins with two dashes is written in JSON form: " + keyword
                        + " [\"--" + name + "\"]."
                : keyword + " has the flags --" + String.join(", --", known) + ".";
        return invalid(keyword + " has no flag --" + name + guess, remedy);
    }

    private static DockerfileInvalid invalid(String what, String remedy) {
        return new DockerfileInvalid(FailureCode.INSTRUCTION_INVALID, what, remedy);
    }
}
