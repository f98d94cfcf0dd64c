/**
 * The whole build in a helper container, where this machine itself cannot run a {@code RUN} or somebody wants it so: mode
 * {@code docker-with-fuse}. Two sides of one channel, which is the container's standard input and output. This side has the user's files,
 * the credentials, the network and the image that comes out; the container has the steps and the cache. Open first: {@link
 * org.jbuildah.engine.remote.HelperContainer}, then {@link org.jbuildah.engine.remote.HelperServer}.
 *
 * @see <a href="https://docs.docker.com/reference/cli/docker/container/create/">docker container create</a>
 * @see <a href="https://docs.podman.io/en/latest/markdown/podman-create.1.html">podman create</a>
 */
@NullMarked
package org.jbuildah.engine.remote;

import org.jspecify.annotations.NullMarked;
