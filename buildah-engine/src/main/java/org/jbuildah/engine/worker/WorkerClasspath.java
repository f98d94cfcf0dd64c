package org.jbuildah.engine.worker;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The jars that the worker runs from: those of this JVM where they are jars, else copies in the store's {@code lib/}.
 *
 * <p>Law: jars only. After pivot_root a class can still be loaded from a jar that is open, but not from a directory.
 */
final class WorkerClasspath {
    private final LibDirectory lib;
    private final ClassLoader loader;

    WorkerClasspath(LibDirectory lib, ClassLoader loader) {
        this.lib = lib;
        this.loader = loader;
    }

    List<Path> of(WorkerProgram program) throws IOException {
        Set<Path> sources = new LinkedHashSet<>();
        List<String> classes = new ArrayList<>(program.anchors());
        classes.add(0, program.mainClass());
        for (String name : classes) {
            Path source = source(name);
            if (source != null) {
                sources.add(source);
            }
        }
        List<Path> jars = new ArrayList<>();
        for (Path source : sources) {
            jars.add(jar(source));
        }
        return jars;
    }

    private Path jar(Path source) throws IOException {
        if (Files.isDirectory(source)) {
            return lib.put("classes", ".jar", JarredDirectory.of(source));
        }
        // the separator of a class path cannot be escaped
        return source.toString().contains(File.pathSeparator)
                ? lib.put("jar", ".jar", Files.readAllBytes(source))
                : source;
    }

    private @Nullable Path source(String className) throws IOException {
        CodeSource code;
        try {
            code = Class.forName(className, false, loader).getProtectionDomain().getCodeSource();
        } catch (ClassNotFoundException absent) {
            return null;
        }
        URL url = code == null ? null : code.getLocation();
        if (url == null || !url.getProtocol().equals("file")) {
            throw new IOException(className + " was loaded from " + url + "; a worker needs a jar or a directory");
        }
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IOException(className + " was loaded from " + url + ", which is not a path", e);
        }
    }
}
