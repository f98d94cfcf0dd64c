package org.jbuildah.engine.dockerfile;

import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.SourceSpan;
import org.jbuildah.engine.api.SourceText;

/**
 * Text becomes instructions: directives, comments, continuations, here-documents, flags, JSON forms.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#format">Dockerfile reference: format</a>
 */
public final class DockerfileParser {
    private DockerfileParser() {}

    /** @throws org.jbuildah.engine.api.DockerfileInvalid with the place, if the text is not a Dockerfile */
    public static Dockerfile parse(SourceText text) {
        LogicalLines.Read read = LogicalLines.read(text);
        char escape = read.directives().escape();
        List<Instruction> instructions = new ArrayList<>();
        boolean inStage = false;
        for (Node node : read.nodes()) {
            SourceSpan place = new SourceSpan(text, node.firstLine(), node.lastLine());
            Instruction instruction = InstructionReader.read(node, place, escape);
            inStage |= instruction instanceof Instruction.From;
            if (!inStage && !(instruction instanceof Instruction.Arg)) {
                throw invalid(
                                node.keyword() + " stands before the first FROM.",
                                "Only ARG may stand there; begin with FROM IMAGE or FROM scratch.")
                        .at(place);
            }
            instructions.add(instruction);
        }
        if (!inStage) {
            throw invalid(text.name() + " has no FROM.", "Begin with FROM IMAGE or FROM scratch.");
        }
        return new Dockerfile(text, read.directives().values(), escape, instructions, read.remarks());
    }

    /**
     * Parses the triggers of a base image; each becomes one instruction that stands where {@code from} stands.
     *
     * @throws org.jbuildah.engine.api.DockerfileInvalid if a trigger is not an instruction or one that a trigger must not be
     */
    public static List<Instruction> parseTriggers(List<String> triggers, SourceSpan from) {
        return triggers.stream().map(trigger -> parseTrigger(trigger, from)).toList();
    }

    private static Instruction parseTrigger(String trigger, SourceSpan from) {
        try {
            LogicalLines.Read read = LogicalLines.read(SourceText.of("ONBUILD", trigger));
            if (read.nodes().size() != 1) {
                throw invalid("It holds " + read.nodes().size() + " instructions.", "");
            }
            return InstructionReader.readTrigger(
                    read.nodes().get(0), from, read.directives().escape());
        } catch (DockerfileInvalid e) {
            throw new DockerfileInvalid(
                            e.code(),
                            "The base image has the trigger \"" + trigger + "\", which cannot be executed. " + e.what(),
                            e.remedy(),
                            e)
                    .at(from);
        }
    }

    private static DockerfileInvalid invalid(String what, String remedy) {
        return new DockerfileInvalid(FailureCode.DOCKERFILE_SYNTAX, what, remedy);
    }
}
