package org.jbuildah.maven.config;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;

/**
 * A parameter whose value is one word of a few.
 *
 * @param property its name on the command line, behind {@code buildah.}
 */
record Word<T>(String parameter, String property, Map<String, T> meanings) {
    /** One whose property has the parameter's name. */
    Word(String parameter, Map<String, T> meanings) {
        this(parameter, parameter, meanings);
    }

    /** @throws RequestInvalid with all the words if it is none of them */
    T parse(String value) {
        T meaning = meanings.get(value.strip().toLowerCase(Locale.ROOT));
        if (meaning == null) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "<" + parameter + "> is \"" + value + "\", which is none of "
                            + meanings.keySet().stream().sorted().collect(Collectors.joining(", ")) + ".",
                    "Write one of these in the pom, or pass it as -Dbuildah." + property + "=WORD.");
        }
        return meaning;
    }
}
