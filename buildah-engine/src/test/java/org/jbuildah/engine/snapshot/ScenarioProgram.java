package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.JnrLinux;

/** The child JVM, inside the namespaces: runs scenarios and prints a line for each, {@code ok NAME} or {@code failed NAME} and why. */
final class ScenarioProgram {
    static final Path FUSE_OVERLAYFS = Path.of("/usr/bin/fuse-overlayfs");

    private ScenarioProgram() {}

    /** @param arguments driver, xattrs, directory, scenario class */
    public static void main(String[] arguments) throws Exception {
        OverlayXattrs xattrs = OverlayXattrs.valueOf(arguments[1]);
        JnrLinux linux = JnrLinux.load();
        IdMap ids = new IdMap(ranges("uid_map"), ranges("gid_map"));
        FuseProgram fuse = new FuseProgram(FUSE_OVERLAYFS);
        Bench.Driver driver =
                switch (arguments[0]) {
                    case "vfs" -> (content, kernel, map) -> Vfs.open(content, kernel, map, xattrs);
                    case "fuse" -> (content, kernel, map) -> FuseOverlay.open(content, kernel, map, xattrs, fuse);
                    default -> (content, kernel, map) -> KernelOverlay.open(content, kernel, map, xattrs);
                };
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Class<?> scenarios = Class.forName(arguments[3]);
        for (Method scenario : methods(scenarios)) {
            Path root = Path.of(arguments[2], scenario.getName());
            try (Bench bench = new Bench(linux, root, ids, driver)) {
                var constructor = scenarios.getDeclaredConstructor(Bench.class);
                scenario.invoke(constructor.newInstance(bench));
                bench.store.prune(); // who made the directory may not be able to delete what is in there
                out.println("ok " + scenario.getName());
            } catch (InvocationTargetException e) {
                StringWriter trace = new StringWriter();
                Objects.requireNonNull(e.getCause()).printStackTrace(new PrintWriter(trace));
                out.println("failed " + scenario.getName() + "\n" + trace);
            }
        }
        System.exit(0);
    }

    static List<Method> methods(Class<?> scenarios) {
        List<Method> methods = new ArrayList<>(Arrays.stream(scenarios.getDeclaredMethods())
                .filter(method -> method.getParameterCount() == 0
                        && method.getReturnType() == void.class
                        && !method.isSynthetic()
                        && !java.lang.reflect.Modifier.isPrivate(method.getModifiers()))
                .toList());
        methods.sort(Comparator.comparing(Method::getName));
        return methods;
    }

    private static List<IdMap.Range> ranges(String file) throws IOException {
        return Files.readAllLines(Path.of("/proc/self", file)).stream()
                .map(line -> line.strip().split(" +", -1))
                .map(words ->
                        new IdMap.Range(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2])))
                .toList();
    }
}
