package org.jbuildah.maven;

import java.io.File;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jbuildah.engine.registry.CredentialLookup;
import org.jbuildah.maven.config.ImageConfiguration;
import org.jbuildah.maven.config.LentConfiguration;
import org.jbuildah.maven.config.ModeConfiguration;
import org.jbuildah.maven.config.OutputConfiguration;
import org.jbuildah.maven.config.RegistryConfiguration;
import org.jbuildah.maven.config.RequestFactory;
import org.jbuildah.maven.config.RunConfiguration;
import org.jbuildah.maven.config.SecretConfiguration;
import org.jbuildah.maven.config.SourceConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Builds the Dockerfile of this module into an image: no daemon, no root, no native install. With a <code>Dockerfile</code> (or
 * <code>Containerfile</code>) beside the pom it needs no configuration: the image is named after artifact and version, goes into the store, and lies as an OCI
 * image layout in <code>target/ARTIFACT-oci</code>. A module of packaging <code>pom</code> without a Dockerfile is passed over.
 *
 * <p>Afterwards the properties <code>image.name</code>, <code>image.id</code> and <code>image.digest</code> are set for later goals of the module.
 *
 * @since 0.1.0
 */
@Mojo(name = "build", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the fields before it calls execute()
public class BuildMojo extends AbstractBuildahMojo {
    /**
     * The Dockerfile. By default <code>Dockerfile</code>, else <code>Containerfile</code>, in the context. A relative path is one from the module's directory.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.dockerfile")
    private @Nullable File dockerfile;

    /**
     * The build context: the directory that holds the files which <code>COPY</code> and <code>ADD</code> find. What its <code>.dockerignore</code> excludes is
     * not part of it. By default the module's directory, so that <code>COPY target/app.jar /</code> works; <code>COPY . /</code> would then copy
     * <code>target</code> with the last image in it, unless <code>.dockerignore</code> names it.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.context", defaultValue = "${project.basedir}")
    private @Nullable File context;

    /**
     * The image's name, such as <code>registry.example.com/team/shop:1.0</code>. By default <code>ARTIFACT:VERSION</code>, in lower case and with
     * <code>-</code> for what a name may not have.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.image")
    private @Nullable String image;

    /**
     * Further names: each a tag of the same repository, such as <code>latest</code>, or a whole name. On the command line separated by commas.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.tags")
    private @Nullable List<String> tags;

    /**
     * The stage to build; by default the last one.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.target")
    private @Nullable String target;

    /**
     * Named contexts: each stands for the stage or the image of its name, in <code>FROM</code>, in <code>--from</code> and in <code>from=</code>. The value is a
     * directory or a tar (relative to the module), <code>docker-image://IMAGE</code>, <code>oci-layout://PATH:TAG</code>, or the address of a Git repository or
     * of a tar. A directory has its own <code>.dockerignore</code>.
     *
     * @since 0.1.0
     */
    @Parameter
    private @Nullable Map<String, String> contexts;

    /**
     * The file that says what is not part of the build context. By default <code>DOCKERFILE.dockerignore</code> beside the Dockerfile, else
     * <code>.dockerignore</code> in the context. A relative path is one from the module's directory.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.ignoreFile")
    private @Nullable File ignoreFile;

    /**
     * The base image in place of the one that the first <code>FROM</code> names; by default that one. Other <code>FROM</code>s stay as they are.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.baseImage")
    private @Nullable String baseImage;

    /**
     * What the image is to run on, such as <code>linux/arm64</code>; by default Linux on this machine's architecture. A <code>RUN</code> for another
     * architecture needs an emulator that is registered with the kernel (binfmt_misc); without <code>RUN</code> nothing is needed.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.platform")
    private @Nullable String platform;

    /**
     * Several platforms in place of one, such as <code>linux/amd64</code> and <code>linux/arm64</code>; on the command line, separated by commas. The image
     * is built for each, and its names are those of an index of them, in the OCI layout, in an <code>oci-archive</code> and in the registry. What holds one
     * image only is refused: outputs of type <code>docker-archive</code>, and <code>idFile</code>; <code>${image.id}</code> is the digest of the index.
     * Outputs of files have a directory for each platform.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.platforms")
    private @Nullable List<String> platforms;

    /**
     * In place of <code>platforms</code>: all platforms of Linux that all base images are there for.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.allPlatforms", defaultValue = "false")
    private boolean allPlatforms;

    /**
     * How many stages are built at a time, where none needs another's result; 0 for as many as there are, 1 for one after another. It does not change the
     * image.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.jobs", defaultValue = "0")
    private int jobs;

    /**
     * Values for <code>ARG</code>. On the command line <code>-Dbuildah.args.NAME=VALUE</code>, which counts before the pom's.
     *
     * @since 0.1.0
     */
    @Parameter
    private @Nullable Map<String, String> args;

    /**
     * Labels added to the image after the Dockerfile's own. On the command line <code>-Dbuildah.labels.NAME=VALUE</code>.
     *
     * @since 0.1.0
     */
    @Parameter
    private @Nullable Map<String, String> labels;

    /**
     * Labels that are removed from the image, wherever they come from.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.unsetLabels")
    private @Nullable List<String> unsetLabels;

    /**
     * False: the image has no labels of its base image's.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.inheritLabels", defaultValue = "true")
    private boolean inheritLabels;

    /**
     * Annotations of the manifest; they need the format <code>oci</code>. On the command line <code>-Dbuildah.annotations.NAME=VALUE</code>.
     *
     * @since 0.1.0
     */
    @Parameter
    private @Nullable Map<String, String> annotations;

    /**
     * Annotations of the base image's manifest that are not inherited. <code>org.opencontainers.image.created</code> never is.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.unsetAnnotations")
    private @Nullable List<String> unsetAnnotations;

    /**
     * False: no annotation of the base image's manifest is inherited.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.inheritAnnotations", defaultValue = "true")
    private boolean inheritAnnotations;

    /**
     * Writes the annotation <code>org.opencontainers.image.created</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.createdAnnotation", defaultValue = "false")
    private boolean createdAnnotation;

    /**
     * Variables that each stage begins with and that the image has; an <code>ENV</code> of the Dockerfile overrides them. On the command line
     * <code>-Dbuildah.env.NAME=VALUE</code>. Not for secrets: they stand in the image.
     *
     * @since 0.1.0
     */
    @Parameter
    private @Nullable Map<String, String> env;

    /**
     * Variables that are removed from the image at the end; <code>RUN</code> sees them.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.unsetEnv")
    private @Nullable List<String> unsetEnv;

    /**
     * Makes one layer of the whole image, the base image's files included. A registry then shares nothing between two such images: think twice.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.squash", defaultValue = "false")
    private boolean squash;

    /**
     * False: one layer in all above the base image's, and every step is run anew.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.layers", defaultValue = "true")
    private boolean layers;

    /**
     * Leaves the history out of the image.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.omitHistory", defaultValue = "false")
    private boolean omitHistory;

    /**
     * How the layers are packed where the image goes: <code>gzip</code> or <code>zstd</code>. By default gzip for a registry, and plain, as they are stored,
     * elsewhere. The format <code>docker</code> has no zstd, and a <code>docker-archive</code> has plain layers only.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.compression")
    private @Nullable String compression;

    /**
     * How closely layers are packed: 1 to 9 for gzip, 1 to 20 for zstd; 0 for what is usual. With a level, layers are packed anew for each push.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.compressionLevel", defaultValue = "0")
    private int compressionLevel;

    /**
     * Packs layers of the base image anew, too, if they were pulled packed in another way. They are then no longer the base image's blobs, which a registry
     * has already.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.forceCompression", defaultValue = "false")
    private boolean forceCompression;

    /**
     * The date of the source, which the image and the lines of its history bear in place of the time of the build: a date such as
     * <code>2026-01-31T12:00:00Z</code>, or seconds since 1970. By default the property <code>project.build.outputTimestamp</code> of reproducible
     * builds, else the build argument or the environment variable <code>SOURCE_DATE_EPOCH</code>. <code>none</code> turns it off. Stages that declare
     * <code>ARG SOURCE_DATE_EPOCH</code> see it.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.sourceDateEpoch", defaultValue = "${project.build.outputTimestamp}")
    private @Nullable String sourceDateEpoch;

    /**
     * With a date of the source: no file of a layer that this build makes is younger than it. A jar that was packed a moment ago otherwise bears that
     * moment, and the image is another one each time.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.rewriteTimestamp", defaultValue = "true")
    private boolean rewriteTimestamp;

    /**
     * A file that receives digests and names in JSON, with the fields of <code>docker buildx build --metadata-file</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.metadataFile")
    private @Nullable File metadataFile;

    /**
     * How <code>RUN</code> is kept apart from the machine: <code>auto</code>, <code>native-chroot</code>, <code>native-rootless</code> or
     * <code>docker-with-fuse</code>. <code>auto</code> takes the strongest that works here; one that is named is used or refused with the reasons. A Dockerfile
     * without <code>RUN</code> needs none. By default what <code>BUILDAH_MODE</code>, <code>BUILDAH_ISOLATION</code> or <code>WERF_BUILDAH_MODE</code> says in
     * the environment, else <code>auto</code>. <code>buildah:doctor</code> tells what works.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.mode")
    private @Nullable String mode;

    /**
     * The image of the container in which <code>docker-with-fuse</code> builds. It must have Java 17 or later and <code>unshare</code>, as images of
     * Debian, Ubuntu and Alpine have it; <code>docker</code> or <code>podman</code> fetches it where it is not there. Without it
     * <code>BUILDAH_HELPER_IMAGE</code> counts, and then <code>docker.io/library/eclipse-temurin:17-jre</code>. What earlier builds made is
     * kept in the volume <code>jbuildah-store</code>, whichever image it is. The other modes do not look at it.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.helperImage")
    private @Nullable String helperImage;

    /**
     * How layers become a directory for <code>RUN</code>: <code>auto</code>, <code>overlay</code> (the kernel's, else fuse-overlayfs) or <code>vfs</code>. By
     * default what <code>STORAGE_DRIVER</code> or <code>WERF_BUILDAH_STORAGE_DRIVER</code> says in the environment, else <code>auto</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.storageDriver")
    private @Nullable String storageDriver;

    /**
     * Options of buildah's storage: <code>overlay.mount_program=/usr/bin/fuse-overlayfs</code> takes that program in place of the kernel's overlay. By default
     * what <code>STORAGE_OPTS</code> says in the environment.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.storageOptions")
    private @Nullable List<String> storageOptions;

    /**
     * Whether <code>RUN</code> may use a plain chroot where the machine allows no namespaces, as in a container with Docker's default filter. It keeps apart honest
     * programs only: a <code>RUN</code> can leave it and change the container that Maven runs in. Set it where that container is thrown away and every
     * Dockerfile and base image is trusted.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.allowWeakIsolation", defaultValue = "false")
    private boolean allowWeakIsolation;

    /**
     * Whether the mode <code>native-rootless</code> may be tried inside of a container, where OCI runtimes mostly lack what they need.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.allowNestedRuntime", defaultValue = "false")
    private boolean allowNestedRuntime;

    /**
     * The OCI runtime of the mode <code>native-rootless</code>: a name such as <code>runc</code>, or an absolute path. It has no effect in other modes.
     * Default: that of the environment variable <code>BUILDAH_RUNTIME</code>, else the first of crun, runc, kata-runtime and runsc that is on the
     * <code>PATH</code> and starts.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.runtime")
    private @Nullable String runtime;

    /**
     * Global flags of the OCI runtime, without the two dashes before them, such as <code>log-level=debug</code>. They stand after those that the
     * engine gives itself, and may break what it relies on.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.runtimeFlags")
    private List<String> runtimeFlags = List.of();

    /**
     * The media types of the image: <code>oci</code> or <code>docker</code>. The image id is the same.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.format", defaultValue = "oci")
    private String format;

    /**
     * Where the image goes besides the store. Each <code>&lt;output&gt;</code> has a <code>&lt;type&gt;</code> (<code>oci</code>, <code>oci-archive</code>,
     * <code>docker-archive</code>, <code>registry</code>; <code>local</code> and <code>tar</code> for the image's files alone), a <code>&lt;path&gt;</code> and perhaps a <code>&lt;tag&gt;</code>, or is written in short as
     * <code>TYPE:PATH</code>; on the command line such short forms are separated by commas. By default one OCI layout,
     * <code>target/NAME-oci</code>, with the image's name and <code>-</code> for each slash and colon of it.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.outputs")
    private @Nullable List<OutputConfiguration> outputs;

    /**
     * Pushes the image under all its names, which must then say their registry. Credentials come from <code>&lt;server&gt;</code> entries of
     * <code>settings.xml</code> whose id is the registry's <code>host[:port]</code>, else from what <code>docker login</code> or <code>podman login</code> left.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.push", defaultValue = "false")
    private boolean push;

    /**
     * When a base image is fetched although the store has it: <code>missing</code> (it is not), <code>always</code>, <code>newer</code>, <code>never</code>.
     * With <code>mvn -o</code> it is never.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.pull", defaultValue = "missing")
    private String pull;

    /**
     * The longest that one <code>RUN</code> may take, in seconds; 0 for no limit.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.timeout", defaultValue = "0")
    private int timeout;

    /**
     * Keeps the root file system of a <code>RUN</code> that fails in the store; the failure says how to enter it with the command line <code>jbuildah</code>. What
     * was mounted for the <code>RUN</code>, such as secrets, is not in there, but what it wrote is. It takes space until the next <code>jbuildah prune</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.keepFailed", defaultValue = "false")
    private boolean keepFailed;

    /**
     * Capabilities that root in a <code>RUN</code> has beside Docker's default ones, such as <code>NET_ADMIN</code>, with or without <code>CAP_</code>;
     * <code>all</code> for all that can be had. On the command line separated by commas. A builder can give none that it does not have itself.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.addedCapabilities")
    private @Nullable List<String> addedCapabilities;

    /**
     * Capabilities that root in a <code>RUN</code> does not have; <code>all</code> for none but those added. On the command line separated by commas.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.droppedCapabilities")
    private @Nullable List<String> droppedCapabilities;

    /**
     * Limits of each process of a <code>RUN</code>, as <code>TYPE=SOFT</code> or <code>TYPE=SOFT:HARD</code> in the units of <code>getrlimit(2)</code>, such as
     * <code>nofile=1024:4096</code>; -1 for no limit. What is not named is as the builder has it. On the command line separated by commas.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.ulimits")
    private @Nullable List<String> ulimits;

    /**
     * The size of <code>/dev/shm</code> in a <code>RUN</code>, in bytes or with a unit, such as <code>512m</code>; by default <code>64m</code>. Browsers and
     * databases that crash in a <code>RUN</code> often want more.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.shmSize")
    private @Nullable String shmSize;

    /**
     * Further groups of each process of a <code>RUN</code>: numbers, or names of the image's <code>/etc/group</code>. On the command line separated by commas.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.groups")
    private @Nullable List<String> groups;

    /**
     * How many seconds the result of a <code>RUN</code> may be taken from the cache; by default for ever. With <code>86400</code> a <code>RUN apt-get
     * upgrade</code> is run again every day. <code>COPY</code> and <code>ADD</code> come out the same at any time and do not grow old.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.cacheTtl")
    private @Nullable Integer cacheTtl;

    /**
     * What a <code>RUN</code> sees of the network unless its own <code>--network</code> says more: <code>host</code>, that of this machine;
     * <code>none</code>; or <code>private</code>, one of its own behind <code>slirp4netns</code> or <code>pasta</code>, which may also be named. Such a helper
     * must be installed. This machine's loopback device is out of reach there, unless <code>slirp4netns:allow_host_loopback=true</code> or
     * <code>pasta:--map-gw</code> is written.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.network", defaultValue = "host")
    private String network;

    /**
     * Further lines of <code>/etc/hosts</code> in a <code>RUN</code>, as <code>NAME:ADDRESS</code>; the address <code>host-gateway</code> is this machine.
     * They never become part of the image. On the command line separated by commas.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.hosts")
    private @Nullable List<String> hosts;

    /**
     * Name servers of a <code>RUN</code> in place of this machine's; <code>none</code> leaves the image's own <code>/etc/resolv.conf</code>. On the command
     * line separated by commas.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.dnsServers")
    private @Nullable List<String> dnsServers;

    /**
     * Search domains of a <code>RUN</code> in place of this machine's; a single dot for none. On the command line separated by commas.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.dnsSearches")
    private @Nullable List<String> dnsSearches;

    /**
     * Options of <code>/etc/resolv.conf</code> in a <code>RUN</code> in place of this machine's, such as <code>ndots:2</code>. On the command line separated by
     * commas.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.dnsOptions")
    private @Nullable List<String> dnsOptions;

    /**
     * Secrets for <code>RUN --mount=type=secret</code>. Each <code>&lt;secret&gt;</code> has an <code>&lt;id&gt;</code>, and one of <code>&lt;file&gt;</code>,
     * <code>&lt;env&gt;</code> (a variable of Maven's environment) and <code>&lt;server&gt;</code> (the id of a <code>&lt;server&gt;</code> of
     * <code>settings.xml</code>, whose password it is). They are in no image, no cache and no log; a <code>RUN</code> that prints or copies one gives it away.
     *
     * @since 0.1.0
     */
    @Parameter
    private @Nullable List<SecretConfiguration> secrets;

    /**
     * Agents for <code>RUN --mount=type=ssh</code>, each an element named by its id: <code>&lt;default&gt;SOCKET&lt;/default&gt;</code>; without text the
     * socket is <code>$SSH_AUTH_SOCK</code>. Keys stay in the agent.
     *
     * @since 0.1.0
     */
    @Parameter
    private @Nullable Map<String, String> sshAgents;

    /**
     * Directories or files of this machine that every <code>RUN</code> sees, as <code>PATH:TARGET</code> or <code>PATH:TARGET:ro</code>, such as
     * <code>${settings.localRepository}:/root/.m2/repository:ro</code>. What is in them is no part of the cache key: a change in them runs no step again. On
     * the command line separated by commas.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.volumes")
    private @Nullable List<String> volumes;

    /**
     * Runs every step although the store has its result.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.noCache", defaultValue = "false")
    private boolean noCache;

    /**
     * False lets registries speak plain HTTP or show any certificate. Those on this machine may always.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.verifyTls", defaultValue = "true")
    private boolean verifyTls;

    /**
     * A file of logins, as <code>podman login --authfile</code> writes it. It counts after the servers of <code>settings.xml</code>, and then alone. By default
     * <code>$REGISTRY_AUTH_FILE</code>, else the files of podman and docker.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.authFile")
    private @Nullable File authFile;

    /**
     * A directory of certificates for every registry: <code>*.crt</code> are authorities that may sign for one, beside those of the JVM;
     * <code>NAME.cert</code> and <code>NAME.key</code> (PEM, without a password) are shown to a registry that asks for a client certificate. By default the
     * registry's own, <code>HOST[:PORT]</code> in <code>~/.config/containers/certs.d</code>, <code>/etc/containers/certs.d</code> or
     * <code>/etc/docker/certs.d</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.certDir")
    private @Nullable File certDir;

    /**
     * How often a request to a registry is tried again after a lost connection, HTTP 429 or 5xx; 0 for never.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.retries", defaultValue = "3")
    private int retries;

    /**
     * The pause before that, in seconds; by default one second, and twice as long each time. What the registry asks for counts before it.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.retryDelay")
    private @Nullable Integer retryDelay;

    /**
     * A file that receives <code>sha256:</code> and the image id.
     *
     * @since 0.1.0
     */
    @Parameter(property = "buildah.idFile")
    private @Nullable File idFile;

    @Override
    void run(RequestFactory factory) {
        CredentialLookup logins = credentials().orElse(registries().logins(surroundings()));
        EngineRun engine = new EngineRun(LocalEngine::open, Runtime.getRuntime(), getLog());
        BuiltImage built = new BuiltImage(engine.build(root(), logins, factory.request()));
        built.properties().forEach(project().getProperties()::setProperty);
        built.summary().forEach(getLog()::info);
    }

    @Override
    ImageConfiguration configuration() {
        return new ImageConfiguration()
                .dockerfile(path(dockerfile))
                .context(path(context))
                .image(image)
                .tags(tags)
                .target(target)
                .sources(new SourceConfiguration()
                        .contexts(contexts)
                        .ignoreFile(path(ignoreFile))
                        .baseImage(baseImage)
                        .platform(platform)
                        .platforms(platforms)
                        .allPlatforms(allPlatforms)
                        .jobs(jobs))
                .args(args)
                .labels(labels)
                .unsetLabels(unsetLabels)
                .inheritLabels(inheritLabels)
                .annotations(annotations)
                .unsetAnnotations(unsetAnnotations)
                .inheritAnnotations(inheritAnnotations)
                .createdAnnotation(createdAnnotation)
                .env(env)
                .unsetEnv(unsetEnv)
                .squash(squash)
                .layers(layers)
                .omitHistory(omitHistory)
                .compression(compression, compressionLevel, forceCompression)
                .sourceDateEpoch(sourceDateEpoch)
                .rewriteTimestamp(rewriteTimestamp)
                .lent(new LentConfiguration()
                        .secrets(secrets, credentials()::password)
                        .agents(sshAgents)
                        .volumes(volumes))
                .metadataFile(path(metadataFile))
                .modes(new ModeConfiguration()
                        .mode(mode)
                        .storageDriver(storageDriver)
                        .storageOptions(storageOptions)
                        .allowWeakIsolation(allowWeakIsolation)
                        .allowNestedRuntime(allowNestedRuntime)
                        .runtime(runtime, runtimeFlags))
                .helperImage(helperImage)
                .format(format)
                .pull(pull)
                .timeoutInSeconds(timeout)
                .push(push)
                .useCache(!noCache)
                .registries(registries())
                .runs(runs())
                .outputs(outputs)
                .idFile(path(idFile));
    }

    private RegistryConfiguration registries() {
        return new RegistryConfiguration()
                .verifyTls(verifyTls)
                .authFile(path(authFile))
                .certDir(path(certDir))
                .retries(retries, retryDelay);
    }

    private RunConfiguration runs() {
        return new RunConfiguration()
                .addedCapabilities(addedCapabilities)
                .droppedCapabilities(droppedCapabilities)
                .ulimits(ulimits)
                .shmSize(shmSize)
                .groups(groups)
                .cacheTtlInSeconds(cacheTtl)
                .keepFailed(keepFailed)
                .network(network)
                .hosts(hosts)
                .dnsServers(dnsServers)
                .dnsSearches(dnsSearches)
                .dnsOptions(dnsOptions);
    }
}
