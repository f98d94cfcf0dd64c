/**
 * The OCI image specification as values: digests, descriptors, manifests, configs, references.
 *
 * <p>Open first: {@link org.jbuildah.engine.oci.Descriptor} and {@link org.jbuildah.engine.oci.Json}.
 *
 * @see <a href="https://github.com/opencontainers/image-spec">OCI image specification</a>
 * @see <a href="https://github.com/moby/docker-image-spec">docker image specification, for what a config has besides</a>
 * @see <a href="https://github.com/distribution/reference">the grammar of references</a>
 */
@NullMarked
package org.jbuildah.engine.oci;

import org.jspecify.annotations.NullMarked;
