package org.jbuildah.engine.registry;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a blob that is to be pushed. A retry reads them again: each call opens them at the first byte. */
@FunctionalInterface
public interface BlobSource {
    InputStream open() throws IOException;
}
