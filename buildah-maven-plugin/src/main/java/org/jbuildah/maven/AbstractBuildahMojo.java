package org.jbuildah.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.maven.config.ImageConfiguration;
import org.jbuildah.maven.config.RequestFactory;
import org.jbuildah.maven.config.Surroundings;
import org.jspecify.annotations.Nullable;

/** The parameters that all goals share. */
@SuppressWarnings("NullAway.Init") // Maven sets the fields before it calls execute()
abstract class AbstractBuildahMojo extends AbstractMojo {
    /**
     * Does nothing.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.skip", defaultValue = "false")
    private boolean skip;

    /**
     * The store of layers, images and cached steps. Several builds may use one at once. By default <code>$XDG_DATA_HOME/jbuildah</code>, else
     * <code>~/.local/share/jbuildah</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.root")
    private @Nullable File root;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Parameter(defaultValue = "${plugin}", readonly = true, required = true)
    private PluginDescriptor plugin;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    @Parameter(defaultValue = "${settings}", readonly = true, required = true)
    private Settings settings;

    @Inject
    private SettingsDecrypter decrypter;

    /** Does what the goal is for, unless the module is passed over; a failure becomes one of Maven's. */
    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        PropertyNames.of(plugin)
                .misspelt(session.getUserProperties().stringPropertyNames())
                .forEach(getLog()::warn);
        ElementNames.of(plugin).misspelt(configured()).forEach(getLog()::warn);
        if (skip) {
            getLog().info("Skipped: buildah.skip is set.");
            return;
        }
        try {
            RequestFactory factory = new RequestFactory(configuration(), surroundings());
            if (project.getPackaging().equals("pom") && factory.dockerfile().isEmpty()) {
                getLog().info("Skipped: a module of packaging \"pom\", and it has no Dockerfile.");
                return;
            }
            run(factory);
        } catch (BuildException e) {
            getLog().debug(e);
            FailureTranslator.rethrow(e);
        }
    }

    /** What the pom says; the execution's own configuration lacks the elements that Maven knows no parameter for. */
    private List<String> configured() {
        Xpp3Dom configuration = project.getGoalConfiguration(
                plugin.getGroupId(), plugin.getArtifactId(), execution.getExecutionId(), execution.getGoal());
        return configuration == null
                ? List.of()
                : Stream.of(configuration.getChildren()).map(Xpp3Dom::getName).toList();
    }

    /** The goal's parameters. */
    abstract ImageConfiguration configuration();

    /** @throws BuildException for {@link #execute} to translate */
    abstract void run(RequestFactory factory) throws MojoFailureException;

    Optional<Path> root() {
        return Optional.ofNullable(root).map(File::toPath);
    }

    MavenProject project() {
        return project;
    }

    SettingsCredentials credentials() {
        return new SettingsCredentials(settings, decrypter);
    }

    Surroundings surroundings() {
        return new Surroundings(
                project.getBasedir().toPath(),
                Path.of(project.getBuild().getDirectory()),
                project.getArtifactId(),
                project.getVersion(),
                session.isOffline(),
                texts(session.getUserProperties()),
                System.getenv());
    }

    static @Nullable Path path(@Nullable File file) {
        return file == null ? null : file.toPath();
    }

    private static Map<String, String> texts(java.util.Properties properties) {
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }
}
