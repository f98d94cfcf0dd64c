package org.jbuildah.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.Reasons;
import org.jbuildah.engine.api.ResultFiles;
import org.jbuildah.engine.api.TransferFailed;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.Json;
import org.jspecify.annotations.Nullable;

/** Writes down what a build came to. */
record ResultWriter(ResultFiles files) {
    /**
     * @param image false for an index, which has no image id, but its own digest
     * @param manifest the one that others will see
     */
    void write(boolean image, Digest imageId, Descriptor manifest, List<String> names) {
        write("id", files.id(), imageId.toString().getBytes(StandardCharsets.US_ASCII), imageId);
        write("id", files.bareId(), imageId.hex().getBytes(StandardCharsets.US_ASCII), imageId);
        write("metadata", files.metadata(), Json.writeMetadata(image ? imageId : null, manifest, names), imageId);
    }

    private static void write(String what, @Nullable Path file, byte[] content, Digest imageId) {
        if (file == null) {
            return;
        }
        try {
            Files.write(file, content);
        } catch (IOException failure) {
            throw new TransferFailed(
                    FailureCode.OUTPUT_UNWRITABLE,
                    "The " + what + " of the image could not be written to \"" + file + "\": " + Reasons.of(failure)
                            + ".",
                    "The image itself is in the store: " + imageId + ".",
                    failure);
        }
    }
}
