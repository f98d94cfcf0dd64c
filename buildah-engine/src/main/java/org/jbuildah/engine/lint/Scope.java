package org.jbuildah.engine.lint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.dockerfile.Variables;
import org.jbuildah.engine.dockerfile.WordLexer;
import org.jbuildah.engine.plan.ArgScope;

/** The variables at a place in a stage, as far as the file and perhaps the config of the base image tell. Immutable. */
record Scope(ArgScope args, Map<String, String> environment, WordLexer lexer) implements Variables {
    Scope {
        environment = Map.copyOf(environment);
    }

    @Override
    public Optional<String> value(String name) {
        return args.value(name).or(() -> Optional.ofNullable(environment.get(name)));
    }

    boolean declares(String name) {
        return args.names().contains(name);
    }

    /** The names that have a value, sorted. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(environment.keySet());
        args.names().stream().filter(name -> args.value(name).isPresent()).forEach(names::add);
        return names;
    }

    Expansion expand(String word) {
        return Expansion.of(word, lexer, this);
    }

    /** The scope behind an instruction. */
    Scope after(Instruction instruction) {
        if (instruction instanceof Instruction.Arg arg) {
            Scope scope = this;
            for (Instruction.Arg.Declaration declaration : arg.declarations()) {
                scope = scope.declaring(declaration);
            }
            return scope;
        }
        return instruction instanceof Instruction.Env env ? assigning(env.assignments()) : this;
    }

    /** A default sees the declarations before it in its own line. */
    Scope declaring(Instruction.Arg.Declaration declaration) {
        String written = declaration.defaultValue();
        String value = written == null ? null : expand(written).text().orElse(written);
        return new Scope(args.declare(declaration.name(), value), environment, lexer);
    }

    private Scope assigning(List<Instruction.Assignment> assignments) {
        Map<String, String> more = new HashMap<>(environment);
        ArgScope scope = args;
        for (Instruction.Assignment assignment : assignments) {
            String name = expand(assignment.name()).text().orElse(assignment.name());
            String value = expand(assignment.value()).text().orElse("");
            more.put(name, value);
            scope = scope.assign(name, value);
        }
        return new Scope(scope, more, lexer);
    }
}
