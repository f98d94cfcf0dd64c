package org.jbuildah.engine;

import java.io.IOException;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.TransferFailed;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.transport.ImageSink;
import org.jbuildah.engine.transport.Outgoing;

/** Where an image or an index goes, and how that is called in front of the user. */
record Place(ImageSink sink, String description) {
    Descriptor write(Outgoing outgoing, String name, ImageFormat format) throws InterruptedException {
        try {
            return outgoing.writeTo(sink, name, format);
        } catch (IOException failure) {
            throw new TransferFailed(
                    FailureCode.OUTPUT_UNWRITABLE,
                    "The image could not be written to " + description + ": " + failure.getMessage() + ".",
                    "Check that the place exists, is writable and has room.",
                    failure);
        }
    }
}
