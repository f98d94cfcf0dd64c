package org.jbuildah.engine.lint;

import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.dockerfile.Dockerfile;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.dockerfile.WordLexer;
import org.jbuildah.engine.plan.ArgScope;

/**
 * A Dockerfile as the rules about it see it.
 *
 * @param given what FROM lines see in this build; empty where a default cannot be expanded, which the build will fail at
 * @param defaults the same without any build argument
 */
record FileView(Dockerfile dockerfile, Optional<ArgScope> given, Optional<ArgScope> defaults) {
    List<Instruction.From> froms() {
        return dockerfile.instructions().stream()
                .filter(Instruction.From.class::isInstance)
                .map(Instruction.From.class::cast)
                .toList();
    }

    WordLexer lexer() {
        return new WordLexer(dockerfile.escape());
    }
}
