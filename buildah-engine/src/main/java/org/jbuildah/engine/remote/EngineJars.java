package org.jbuildah.engine.remote;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerWriter;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.worker.JarredDirectory;

/** What this JVM runs the engine from, on its way into the container: the same bytes, so that both sides of the channel agree. */
record EngineJars(List<Path> sources) {
    /** Where the container has them. */
    private static final String DIRECTORY = "opt/jbuildah/lib";

    private static final int DIRECTORY_MODE = 0755;
    private static final int FILE_MODE = 0644;

    /** Of a build tool's plugin its class loader knows, of a program of its own its class path. */
    static EngineJars ofThisEngine() {
        ClassLoader loader = EngineJars.class.getClassLoader();
        Stream<Path> found = loader instanceof URLClassLoader urls
                ? Arrays.stream(urls.getURLs()).map(EngineJars::path)
                : Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
                        .filter(word -> !word.isEmpty())
                        .map(Path::of);
        return new EngineJars(found.filter(Files::exists).distinct().toList());
    }

    private static Path path(URL url) {
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IllegalStateException("the engine was loaded from " + url + ", which is no file", e);
        }
    }

    /** Of the JVM in the container. */
    String classPath() {
        return IntStream.range(0, sources.size())
                .mapToObj(number -> "/" + name(number))
                .collect(Collectors.joining(":"));
    }

    /** Numbered, since two jars in different directories may have one name, and without what a path may hold and a class path may not. */
    private String name(int number) {
        return String.format(Locale.ROOT, "%s/%03d.jar", DIRECTORY, number);
    }

    /** Writes a tar that is to be unpacked at the container's root. */
    void write(OutputStream out) throws IOException {
        try (LayerWriter tar = new LayerWriter(out)) {
            List<String> parents = new ArrayList<>();
            for (String component : DIRECTORY.split("/", -1)) {
                parents.add(component);
                EntryName name = EntryName.of(String.join("/", parents));
                tar.write(LayerEntry.directory(name, DIRECTORY_MODE, 0, 0, Instant.EPOCH));
            }
            for (int number = 0; number < sources.size(); number++) {
                write(tar, EntryName.of(name(number)), sources.get(number));
            }
        }
    }

    private static void write(LayerWriter tar, EntryName name, Path source) throws IOException {
        boolean directory = Files.isDirectory(source);
        byte[] made = directory ? JarredDirectory.of(source) : new byte[0];
        long size = directory ? made.length : Files.size(source);
        // a class archive that the store keeps goes by a jar's size and time
        Instant changed =
                directory ? timeOf(made) : Files.getLastModifiedTime(source).toInstant();
        try (InputStream jar = directory ? new ByteArrayInputStream(made) : Files.newInputStream(source)) {
            tar.write(LayerEntry.file(name, FILE_MODE, 0, 0, size, changed), jar);
        }
    }

    /** A time that other bytes would not have. */
    private static Instant timeOf(byte[] made) {
        return Instant.ofEpochSecond(Long.parseLong(Digest.of(made).hex().substring(0, 7), 16));
    }
}
