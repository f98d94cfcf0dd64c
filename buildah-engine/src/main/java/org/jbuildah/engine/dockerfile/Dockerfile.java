package org.jbuildah.engine.dockerfile;

import java.util.List;
import java.util.Map;
import org.jbuildah.engine.api.SourceText;

/**
 * A parsed Dockerfile.
 *
 * @param directives parser directives by lower-case key: {@code syntax}, {@code escape}, {@code check}
 * @param escape the character that escapes and continues lines
 */
public record Dockerfile(
        SourceText text, Map<String, String> directives, char escape, List<Instruction> instructions, Remarks remarks) {
    public Dockerfile {
        directives = Map.copyOf(directives);
        instructions = List.copyOf(instructions);
    }
}
