package org.jbuildah.engine.dockerfile;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/** A table of the conformance corpus, which stands beside the repository where it is there at all. */
record ConformanceTable(JsonObject content) {
    static ConformanceTable named(String name) throws IOException {
        Optional<Path> table = corpus().map(
                        directory -> directory.resolve("unit").resolve(name + ".json"))
                .filter(Files::isRegularFile);
        Assumptions.assumeTrue(table.isPresent(), "no conformance corpus: set -Dconformance.dir to run " + name);
        return new ConformanceTable(
                JsonParser.parseString(Files.readString(table.orElseThrow())).getAsJsonObject());
    }

    static Optional<Path> corpus() {
        String named = System.getProperty("conformance.dir");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        Path directory = Path.of("").toAbsolutePath();
        while (directory != null && !Files.isDirectory(directory.resolve("buildah-engine"))) {
            directory = directory.getParent();
        }
        return Optional.ofNullable(directory)
                .map(root -> root.resolveSibling("shared").resolve("conformance"))
                .filter(Files::isDirectory);
    }

    List<JsonObject> rows() {
        List<JsonObject> rows = new ArrayList<>();
        content.getAsJsonArray("cases").forEach(row -> rows.add(row.getAsJsonObject()));
        return rows;
    }

    Stream<DynamicTest> tests(Function<JsonObject, String> name, Consumer<JsonObject> test) {
        return rows().stream().map(row -> DynamicTest.dynamicTest(name.apply(row), () -> test.accept(row)));
    }

    static List<String> strings(JsonArray array) {
        return array.asList().stream().map(JsonElement::getAsString).toList();
    }

    static String text(JsonObject row, String field, String otherwise) {
        return row.has(field) ? row.get(field).getAsString() : otherwise;
    }
}
