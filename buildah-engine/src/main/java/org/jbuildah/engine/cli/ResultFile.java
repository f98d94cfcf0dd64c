package org.jbuildah.engine.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.Reasons;
import org.jbuildah.engine.api.TransferFailed;

/** A file that receives what a command came to. */
final class ResultFile {
    private ResultFile() {}

    /** @param option that names the file */
    static void write(String option, Path file, String text) {
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new TransferFailed(
                    FailureCode.OUTPUT_UNWRITABLE,
                    "The file of " + option + ", \"" + file + "\", cannot be written: " + Reasons.of(failure) + ".",
                    "Name a file in a directory that is there. What the command did before stays.",
                    failure);
        }
    }
}
