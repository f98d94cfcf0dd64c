package org.jbuildah.engine.build;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.oci.DiffId;

/**
 * COPY and ADD: finds what the words stand for, and lays it out under the destination. A linked one is resolved against an image
 * without files, so that its layer is the same whatever it is laid upon.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#copy">Dockerfile reference: COPY</a>
 * @see <a href="https://docs.docker.com/reference/dockerfile/#add">Dockerfile reference: ADD</a>
 */
record TransferStep(Instruction.Transfer instruction) implements Step.OfLayer {
    @Override
    public Resolution resolve(StageState before, StepTools tools) throws IOException, InterruptedException {
        TransferWords words = TransferWords.of(instruction, before.variables(), tools.lexer());
        List<DiffId> below = words.linked() ? List.of() : before.image().layers();
        TransferLayer layer = TransferLayer.of(words, before.workingDirectory(), below, tools);
        Instant timeless = below.isEmpty()
                ? Instant.EPOCH
                : Objects.requireNonNullElse(before.image().created(), Instant.EPOCH);
        List<TransferInput> inputs = new TransferInputs(words, tools, timeless).all();
        if (inputs.stream().allMatch(TransferInput.Files.class::isInstance)) {
            return LayerChange.of("transfer", layer.draft(inputs), below, tools.store(), before, words.note());
        }
        return new LateChange(
                layer.key(inputs),
                () -> LayerChange.of("transfer", layer.draft(inputs), below, tools.store(), before, words.note()),
                before,
                words.note());
    }
}
