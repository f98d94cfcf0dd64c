package org.jbuildah.engine.lint;

import java.util.List;
import org.jbuildah.engine.dockerfile.Instruction;

/**
 * The words of EXPOSE, {@code [[ADDRESS:]HOST_PORT:]PORT[/PROTOCOL]}, variables expanded.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#expose">Dockerfile reference: EXPOSE</a>
 */
record ExposedPorts(Instruction place, String written) {
    static List<ExposedPorts> of(StageView stage) {
        return stage.places().stream()
                .filter(place -> place.instruction() instanceof Instruction.Expose)
                .flatMap(place -> ((Instruction.Expose) place.instruction())
                        .ports().stream()
                                .flatMap(word -> words(word, place.scope()).stream())
                                .map(word -> new ExposedPorts(place.instruction(), word)))
                .toList();
    }

    private static List<String> words(String word, Scope scope) {
        try {
            return scope.lexer().expandToWords(word, scope);
        } catch (IllegalArgumentException cannotBe) {
            return List.of(); // the build says so, with the place
        }
    }

    String containerPart() {
        return written.substring(written.lastIndexOf(':') + 1);
    }

    boolean hasHostPart() {
        String host = written.substring(0, written.length() - containerPart().length());
        return !host.replace(":", "").isEmpty();
    }

    /** Empty where none is written. */
    String protocol() {
        int slash = containerPart().indexOf('/');
        return slash < 0 ? "" : containerPart().substring(slash + 1);
    }
}
