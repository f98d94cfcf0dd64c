package org.jbuildah.engine.dockerfile;

import java.util.List;
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
        throw new IllegalStateException("contract only");
    }

    /**
     * Parses the triggers of a base image; each becomes one instruction that stands where {@code from} stands.
     *
     * @throws org.jbuildah.engine.api.DockerfileInvalid if a trigger is not an instruction or one that a trigger must not be
     */
    public static List<Instruction> parseTriggers(List<String> triggers, SourceSpan from) {
        throw new IllegalStateException("contract only");
    }
}
