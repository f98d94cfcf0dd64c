package org.jbuildah.engine.build;

/**
 * What a request puts in the place of a stage or an image.
 *
 * @see <a href="https://docs.docker.com/reference/cli/docker/buildx/build/#build-context">docker build: additional build contexts</a>
 */
public sealed interface NamedContext {
    /** Files: of a directory, an archive, a Git repository. As a base they are an image's only layer. */
    record Files(BuildContexts.Opening opening) implements NamedContext {}

    /** Another image, named as in a FROM. */
    record Image(String name) implements NamedContext {}

    /** No files at all. */
    record Scratch() implements NamedContext {}
}
