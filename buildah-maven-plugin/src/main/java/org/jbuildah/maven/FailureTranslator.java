package org.jbuildah.maven;

import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.StepFailed;

/** Says the engine's letters in Maven's two kinds of failure. */
final class FailureTranslator {
    private FailureTranslator() {}

    /**
     * The letter is all there is: Maven would print a cause's message once more.
     *
     * @throws MojoFailureException if the user's build failed
     * @throws MojoExecutionException if the goal could not do its work
     */
    static void rethrow(BuildException failure) throws MojoFailureException, MojoExecutionException {
        if (failure instanceof DockerfileInvalid || failure instanceof StepFailed) {
            throw new MojoFailureException(failure.letter());
        }
        throw new MojoExecutionException(failure.letter());
    }
}
