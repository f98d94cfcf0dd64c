/**
 * The distribution API over HTTP: manifests, blobs, uploads and tags, with the credentials, certificates and proxies of this machine.
 *
 * <p>Open first: {@link org.jbuildah.engine.registry.RegistryClient}, the room's door, and {@code RegistrySession}, where every request
 * is authorized, redirected and tried again.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">distribution-spec</a>
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">the token flow</a>
 */
@NullMarked
package org.jbuildah.engine.registry;

import org.jspecify.annotations.NullMarked;
