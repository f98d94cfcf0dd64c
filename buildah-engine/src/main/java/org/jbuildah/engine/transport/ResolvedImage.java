package org.jbuildah.engine.transport;

import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.oci.Manifest;

/** An image whose manifest and config are in the content store; its layers may still have to be fetched. */
public record ResolvedImage(String reference, Descriptor descriptor, Manifest manifest, ImageConfig config) {}
