package org.jbuildah.engine.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.dockerfile.Variables;
import org.jbuildah.engine.dockerfile.WordLexer;

/** Follows the ARGs and ENVs of a stage as far as the file alone tells them. */
final class StageScope {
    private final WordLexer lexer;

    StageScope(char escape) {
        this.lexer = new WordLexer(escape);
    }

    ArgScope after(List<Instruction> instructions, ArgScope before) {
        Map<String, String> environment = new HashMap<>();
        ArgScope scope = before;
        for (Instruction instruction : instructions) {
            Variables variables = Variables.firstOf(List.of(scope, name -> Optional.ofNullable(environment.get(name))));
            if (instruction instanceof Instruction.Arg arg) {
                scope = declare(arg, scope, environment);
            } else if (instruction instanceof Instruction.Env env) {
                for (Instruction.Assignment assignment : env.assignments()) {
                    String name = expand(assignment.name(), variables);
                    String value = expand(assignment.value(), variables);
                    environment.put(name, value);
                    scope = scope.assign(name, value);
                }
            }
        }
        return scope;
    }

    /** Each default sees the declarations before it, those of its own line too. */
    private ArgScope declare(Instruction.Arg arg, ArgScope before, Map<String, String> environment) {
        ArgScope scope = before;
        for (Instruction.Arg.Declaration declaration : arg.declarations()) {
            Variables variables = Variables.firstOf(List.of(scope, name -> Optional.ofNullable(environment.get(name))));
            String value = declaration.defaultValue();
            scope = scope.declare(
                    expand(declaration.name(), variables), value == null ? null : expand(value, variables));
        }
        return scope;
    }

    /** What cannot be expanded fails when the stage itself is built, with the place; here it is as good as any text. */
    private String expand(String word, Variables variables) {
        try {
            return lexer.expand(word, variables);
        } catch (IllegalArgumentException e) {
            return word;
        }
    }
}
