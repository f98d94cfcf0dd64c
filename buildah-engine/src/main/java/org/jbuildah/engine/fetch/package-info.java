/**
 * Files from the network that are no images: over HTTP, and out of Git repositories. What was downloaded stays in the content store, so
 * that an unchanged file is not sent again; a repository is checked out into a scratch directory.
 *
 * <p>Open first: {@link org.jbuildah.engine.fetch.RemoteSource}, which tells by a word what it names, and {@link
 * org.jbuildah.engine.fetch.Fetcher}.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#add">Dockerfile reference: ADD</a>
 * @see <a href="https://docs.docker.com/build/concepts/context/#git-repositories">Build context: Git repositories</a>
 */
@NullMarked
package org.jbuildah.engine.fetch;

import org.jspecify.annotations.NullMarked;
