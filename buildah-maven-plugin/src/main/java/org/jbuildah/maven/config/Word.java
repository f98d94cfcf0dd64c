package org.jbuildah.maven.config;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;

/** A parameter whose value is one word of a few. */
record Word<T>(String parameter, Map<String, T> meanings) {
    /** @throws RequestInvalid with all the words if it is none of them */
    T parse(String value) {
        T meaning = meanings.get(value.strip().toLowerCase(Locale.ROOT));
        if (meaning == null) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "<" + parameter + "> is \"" + value + "\", which is none of "
                            + meanings.keySet().stream().sorted().collect(Collectors.joining(", ")) + ".",
                    "Write one of these in the pom, or pass it as -Dbuildah." + parameter + "=WORD.");
        }
        return meaning;
    }
}
