import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** Lays out the root of an image: a runtime linked from the running JDK under /opt/java, and the shared libraries it needs. */
public class StageRuntime {
    private static final Pattern LIBRARY = Pattern.compile("(?:=> )?(/\\S+) \\(0x");

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        Path java = root.resolve("opt/java");
        if (Files.exists(root)) {
            try (Stream<Path> old = Files.walk(root)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(java.getParent());
        ToolProvider jlink = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> new IOException("this Java has no jlink: a JDK is needed, a JRE does not do"));
        int code = jlink.run(new PrintWriter(System.out, true), new PrintWriter(System.err, true),
                "--add-modules", "java.base,jdk.httpserver", "--strip-debug", "--no-header-files", "--no-man-pages",
                "--output", java.toString());
        if (code != 0) {
            System.exit(code);
        }
        Files.createDirectories(root.resolve("tmp"));
        for (String library : libraries(java)) {
            Path target = root.resolve(library.substring(1));
            Files.createDirectories(target.getParent());
            // the name that the loader asks for, with the content of what it is a link to
            Files.copy(Path.of(library).toRealPath(), target);
        }
    }

    private static Set<String> libraries(Path java) throws Exception {
        List<Path> binaries = new ArrayList<>(List.of(java.resolve("bin/java")));
        try (Stream<Path> files = Files.walk(java.resolve("lib"))) {
            files.filter(file -> file.toString().endsWith(".so")).forEach(binaries::add);
        }
        Set<String> libraries = new TreeSet<>();
        for (Path binary : binaries) {
            Process ldd = new ProcessBuilder("ldd", binary.toString()).redirectErrorStream(true).start();
            String text = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            ldd.waitFor();
            Matcher line = LIBRARY.matcher(text);
            while (line.find()) {
                if (!line.group(1).startsWith(java.toRealPath().toString())) {
                    libraries.add(line.group(1));
                }
            }
        }
        return libraries;
    }
}
