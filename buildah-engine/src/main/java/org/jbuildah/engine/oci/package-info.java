/** The OCI image specification as values: digests, descriptors, manifests, configs, references. */
@NullMarked
package org.jbuildah.engine.oci;

import org.jspecify.annotations.NullMarked;
