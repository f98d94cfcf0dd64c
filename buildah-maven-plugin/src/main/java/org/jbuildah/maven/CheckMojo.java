package org.jbuildah.maven;

import java.io.File;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jbuildah.engine.BuildEngine;
import org.jbuildah.maven.config.CheckSettings;
import org.jbuildah.maven.config.ImageConfiguration;
import org.jbuildah.maven.config.RequestFactory;
import org.jspecify.annotations.Nullable;

/**
 * Checks the Dockerfile of this module with BuildKit's rules and a few for Maven users: what builds, but hardly means what its author believes. Nothing is
 * built, nothing fetched and no store opened; what depends on a base image is judged as far as the file tells. A module of packaging <code>pom</code> without
 * a Dockerfile is passed over. The rules and their configuration are explained on the manual's page on checks.
 *
 * @since 0.1.0
 */
@Mojo(name = "check", defaultPhase = LifecyclePhase.VALIDATE, threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the fields before it calls execute()
public class CheckMojo extends AbstractBuildahMojo {
    /**
     * The Dockerfile. By default <code>Dockerfile</code>, else <code>Containerfile</code>, in the context. A relative path is one from the module's directory.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.dockerfile")
    private @Nullable File dockerfile;

    /**
     * The build context, whose ignore file and whose names are looked at. By default the module's directory. At <code>validate</code> there may be no
     * <code>target</code> yet: wildcards in it then match nothing.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.context", defaultValue = "${project.basedir}")
    private @Nullable File context;

    /**
     * Checks this stage and those that it needs; by default all.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.target")
    private @Nullable String target;

    /**
     * Values for <code>ARG</code>. <code>BUILDKIT_DOCKERFILE_CHECK</code> among them takes the place of the file's <code>check</code> directive. On the command
     * line <code>-Dbuildah.args.NAME=VALUE</code>, which counts before the pom's.
     *
     * @since 0.1.0
     */
    @Parameter
    private @Nullable Map<String, String> args;

    /**
     * What the goal fails at: <code>error</code>, where a build would fail (the Dockerfile is wrong, or <code>check=error=true</code> makes a warning an error);
     * <code>warning</code>, at any warning; <code>never</code>, not even at a Dockerfile that is wrong.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.check.failOn", defaultValue = "error")
    private String failOn;

    /**
     * The format of the report file: <code>text</code>, <code>json</code> (BuildKit's) or <code>sarif</code> (2.1.0; files are named relative to the directory
     * that Maven was started in).
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.check.format", defaultValue = "text")
    private String format;

    /**
     * A file that receives the report. By default there is none for <code>text</code>, and for other formats <code>target/buildah-check.FORMAT</code>. The
     * log has the warnings in any case.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.check.reportFile")
    private @Nullable File reportFile;

    @Parameter(defaultValue = "${session.executionRootDirectory}", readonly = true, required = true)
    private File executionRoot;

    @Override
    void run(RequestFactory factory) throws MojoFailureException {
        CheckSettings settings = CheckSettings.of(failOn, format, path(reportFile), surroundings());
        CheckOutcome outcome = new CheckOutcome(BuildEngine.check(factory.request()), settings);
        outcome.write(executionRoot.toPath());
        outcome.tell(getLog());
        outcome.failIfAsked();
    }

    @Override
    ImageConfiguration configuration() {
        return new ImageConfiguration()
                .dockerfile(path(dockerfile))
                .context(path(context))
                .target(target)
                .args(args)
                .outputs(List.of());
    }
}
