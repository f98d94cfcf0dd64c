package org.jbuildah.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jbuildah.engine.BuildEngine;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.host.Diagnosis;
import org.jbuildah.maven.config.DiagnosisForm;
import org.jbuildah.maven.config.ModeConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Tells how well <code>RUN</code> works on this machine, why not better, and what would change that, ready to be pasted: commands, and settings of Docker,
 * Kubernetes, GitLab, Jenkins and systemd. Needs no project. Fails where <code>RUN</code> cannot work at all; a Dockerfile without <code>RUN</code> builds there
 * as well. The goal starts the worker that a build would start, and runs nothing in it. The manual's page on the doctor explains what it says.
 *
 * @since 0.1.0
 */
@Mojo(name = "doctor", requiresProject = false, aggregator = true, threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the fields before it calls execute()
public class DoctorMojo extends AbstractMojo {
    /**
     * The store that builds would use; its file system decides about overlay. By default <code>$XDG_DATA_HOME/jbuildah</code>, else
     * <code>~/.local/share/jbuildah</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.root")
    private @Nullable File root;

    /**
     * The mode that is asked about; as of <code>buildah:build</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.mode")
    private @Nullable String mode;

    /**
     * The storage driver that is asked about; as of <code>buildah:build</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.storageDriver")
    private @Nullable String storageDriver;

    /**
     * Options of buildah's storage; as of <code>buildah:build</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.storageOptions")
    private @Nullable List<String> storageOptions;

    /**
     * The OCI runtime that is asked about; as of <code>buildah:build</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.runtime")
    private @Nullable String runtime;

    /**
     * Whether a plain chroot would be allowed; as of <code>buildah:build</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.allowWeakIsolation", defaultValue = "false")
    private boolean allowWeakIsolation;

    /**
     * Whether an OCI runtime would be allowed inside of a container; as of <code>buildah:build</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.allowNestedRuntime", defaultValue = "false")
    private boolean allowNestedRuntime;

    /**
     * Whether a worker is started, and other programs are asked for their versions; false reads files only.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.doctor.rehearse", defaultValue = "true")
    private boolean rehearse;

    /**
     * <code>text</code>, or <code>json</code>, which has the recipes for every place and not for this one only.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.doctor.format", defaultValue = "text")
    private String format;

    /**
     * A file that receives the answer; by default the log does.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.doctor.outputFile")
    private @Nullable File outputFile;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        try {
            DiagnosisForm form = DiagnosisForm.of(format);
            ModeConfiguration modes = new ModeConfiguration()
                    .mode(mode)
                    .storageDriver(storageDriver)
                    .storageOptions(storageOptions)
                    .runtime(runtime, List.of())
                    .allowWeakIsolation(allowWeakIsolation)
                    .allowNestedRuntime(allowNestedRuntime);
            Diagnosis diagnosis =
                    BuildEngine.examine(root == null ? null : root.toPath(), modes.options(System.getenv()), rehearse);
            tell(form.lines(diagnosis));
            if (!diagnosis.runWorks()) {
                throw new MojoFailureException(
                        "RUN cannot work on this machine; the doctor's answer says what would change that.");
            }
        } catch (BuildException e) {
            getLog().debug(e);
            FailureTranslator.rethrow(e);
        }
    }

    private void tell(List<String> lines) throws MojoExecutionException {
        if (outputFile == null) {
            lines.forEach(getLog()::info);
            return;
        }
        try {
            Path file = outputFile.toPath().toAbsolutePath();
            Files.createDirectories(file.getParent());
            Files.write(file, lines);
        } catch (IOException e) {
            throw new MojoExecutionException("The answer cannot be written: " + e.getMessage());
        }
    }
}
