package org.jbuildah.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jbuildah.engine.context.IgnoreFuzz;
import org.jbuildah.engine.dockerfile.WordFuzz;
import org.jbuildah.engine.layer.LayerFuzz;
import org.jbuildah.engine.plan.DockerfileFuzz;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs what the fuzzer once found, and what it begins with, through the fuzz targets: each in bounded time. {@code it/fuzz} goes on from there.
 *
 * <p>A seed is a file below {@code fuzz/TARGET}: text as it is, or {@code *.hex}, lines of hexadecimal digits of which each may be repeated
 * ({@code 00 x 512}).
 */
class SeedsTest {
    private static final Path SEEDS = Path.of("src/test/resources/fuzz");
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final Map<Class<?>, Consumer<byte[]>> TARGETS = Map.of(
            DockerfileFuzz.class, DockerfileFuzz::fuzzerTestOneInput,
            WordFuzz.class, WordFuzz::fuzzerTestOneInput,
            IgnoreFuzz.class, IgnoreFuzz::fuzzerTestOneInput,
            LayerFuzz.class, LayerFuzz::fuzzerTestOneInput);

    @TestFactory
    Stream<DynamicTest> seedsKeepTheLaws() {
        return TARGETS.entrySet().stream().flatMap(target -> seeds(target.getKey()).stream()
                .map(seed -> DynamicTest.dynamicTest(
                        target.getKey().getSimpleName() + " " + seed.getFileName(),
                        () -> assertTimeoutPreemptively(
                                LONG, () -> target.getValue().accept(bytes(seed))))));
    }

    private static List<Path> seeds(Class<?> target) {
        try (Stream<Path> files = Files.list(SEEDS.resolve(target.getSimpleName()))) {
            List<Path> seeds = files.sorted().toList();
            assertThat(seeds).isNotEmpty();
            return seeds;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path seed) throws IOException {
        if (!seed.toString().endsWith(".hex")) {
            return Files.readAllBytes(seed);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String line : Files.readAllLines(seed)) {
            String[] parts = line.split(" x ");
            byte[] piece = HexFormat.of().parseHex(parts[0]);
            for (int i = 0; i < (parts.length == 1 ? 1 : Integer.parseInt(parts[1])); i++) {
                bytes.writeBytes(piece);
            }
        }
        return bytes.toByteArray();
    }
}
