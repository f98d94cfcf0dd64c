package org.jbuildah.engine.layer;

import java.io.IOException;
import java.io.InputStream;

/** Content that is opened only when it is wanted. */
@FunctionalInterface
public interface LayerSource {
    InputStream open() throws IOException;
}
