package org.jbuildah.engine.context;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The corpus of answers that real builders gave, when it is checked out beside this repository. */
final class ConformanceTables {
    private ConformanceTables() {}

    /** Reads {@code unit/<name>}, or skips the test where there is no corpus. */
    static JsonObject table(String name) throws IOException {
        Optional<Path> file = directories()
                .map(path -> path.resolve("unit").resolve(name))
                .filter(Files::exists)
                .findFirst();
        Assumptions.assumeTrue(file.isPresent(), "no conformance corpus beside this repository");
        return JsonParser.parseString(Files.readString(file.orElseThrow())).getAsJsonObject();
    }

    private static Stream<Path> directories() {
        String named = System.getProperty("conformance.dir", "");
        Stream<Path> above = Stream.iterate(
                        Path.of("").toAbsolutePath(), path -> path != null, path -> path.getParent())
                .filter(path -> Files.isDirectory(path.resolve("buildah-engine")))
                .map(path -> path.resolveSibling("shared").resolve("conformance"));
        return Stream.concat(named.isEmpty() ? Stream.empty() : Stream.of(Path.of(named)), above);
    }
}
