package org.jbuildah.engine.lint;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jbuildah.engine.api.NearMiss;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.plan.ArgScope;

/**
 * A variable in a FROM line that no ARG before the first FROM declares, and that is no platform argument.
 *
 * @see <a href="https://docs.docker.com/reference/build-checks/undefined-arg-in-from/">Docker: build checks, UndefinedArgInFrom</a>
 */
final class UndefinedArgInFrom implements FileRule {
    @Override
    public String description() {
        return "A FROM line refers to declared ARGs only.";
    }

    @Override
    public void judge(FileView file, Findings findings) {
        file.given().ifPresent(scope -> {
            for (Instruction.From from : file.froms()) {
                Set<String> unknown = new LinkedHashSet<>();
                for (String word : Arrays.asList(from.image(), from.platform())) {
                    if (word != null) {
                        unknown.addAll(Expansion.of(word, file.lexer(), scope).unset());
                    }
                }
                scope.names().forEach(unknown::remove);
                unknown.forEach(name -> findings.report(from, detail(name, scope)));
            }
        });
    }

    private static String detail(String name, ArgScope scope) {
        return "$" + name + " is not declared before the first FROM"
                + NearMiss.of(name, scope.names())
                        .map(near -> "; did you mean $" + near + "?")
                        .orElse(".");
    }
}
