package org.jbuildah.engine.plan;

import java.util.List;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.oci.Platform;
import org.jspecify.annotations.Nullable;

/**
 * One stage of a Dockerfile, its FROM line resolved.
 *
 * @param index from 0, as written
 * @param name in lower case; null for none
 * @param instructions without the FROM; none where a named context stands for the stage
 */
public record Stage(
        int index,
        @Nullable String name,
        Instruction.From from,
        Base base,
        Platform platform,
        List<Instruction> instructions) {
    public Stage {
        instructions = List.copyOf(instructions);
    }

    /** What a stage begins with. */
    public sealed interface Base {
        /** Nothing. */
        record Scratch() implements Base {}

        /** An image, named as the user wrote it, variables expanded. */
        record Image(String name) implements Base {}

        /** The result of an earlier stage. */
        record EarlierStage(int index) implements Base {}

        /** What the request puts in the place of an image, or of the whole stage: its named context of that name. */
        record Context(String name) implements Base {}
    }

    /** For people: the name, else {@code stage-INDEX}. */
    public String label() {
        return name == null ? "stage-" + index : name;
    }
}
