package org.jbuildah.maven.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jbuildah.engine.api.Edits;
import org.jbuildah.engine.api.ImageOptions;
import org.jbuildah.engine.api.ImageTimes;
import org.jbuildah.engine.api.LayerCompression;
import org.jbuildah.engine.api.Layering;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.oci.Compression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageOptionsFactoryTest {
    private static final Instant DATE = Instant.parse("2026-01-31T11:00:00Z");

    private final ImageConfiguration image = new ImageConfiguration();
    private final Map<String, String> args = new HashMap<>();
    private final Map<String, String> userProperties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    private ImageOptions options() {
        Path module = Path.of("/module");
        Surroundings surroundings =
                new Surroundings(module, module.resolve("target"), "shop", "1.0", false, userProperties, environment);
        return new ImageOptionsFactory(image, surroundings).options(args);
    }

    @Test
    void withoutConfigurationAnImageIsWhatTheDockerfileSays() {
        assertThat(options()).isEqualTo(ImageOptions.DEFAULT);
    }

    @Test
    void labelsAnnotationsAndVariablesAreSetAndUnset() {
        image.unsetLabels(List.of("old")).inheritAnnotations(false).env(Map.of("A", "pom"));
        userProperties.put("buildah.annotations.team", "shop");
        userProperties.put("buildah.env.A", "property");

        assertThat(options().labels()).isEqualTo(new Edits(true, Set.of("old"), Map.of()));
        assertThat(options().annotations()).isEqualTo(new Edits(false, Set.of(), Map.of("team", "shop")));
        assertThat(options().environment().set()).containsOnly(Map.entry("A", "property"));
    }

    @Test
    void layersArePackedAsIsSaid() {
        image.compression("zstd", 0, true);
        assertThat(options().compression()).isEqualTo(new LayerCompression(Compression.ZSTD, null, true));

        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> image.compression("gzip", 20, false))
                .withMessageContaining("the levels 1 to 9");
    }

    @Test
    void squashCountsBeforeLayers() {
        image.layers(false);
        assertThat(options().layering()).isEqualTo(Layering.ONE_ABOVE_BASE);

        image.squash(true);
        assertThat(options().layering()).isEqualTo(Layering.ONE_IN_ALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-31T11:00:00Z", "2026-01-31T12:00:00+01:00", "1769857200"})
    void theDateOfTheSourceIsReadAsMavenReadsIt(String written) {
        image.sourceDateEpoch(written);
        environment.put("SOURCE_DATE_EPOCH", "1");

        assertThat(options().times()).isEqualTo(new ImageTimes.SourceDateEpoch(DATE, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "x"})
    void theDateOfTheSourceCanBeTurnedOff(String written) {
        image.sourceDateEpoch(written);
        environment.put("SOURCE_DATE_EPOCH", "1");

        assertThat(options().times()).isEqualTo(ImageTimes.AS_MADE);
    }

    @Test
    void theArgumentCountsBeforeTheEnvironmentVariable() {
        environment.put("SOURCE_DATE_EPOCH", "1");
        args.put("SOURCE_DATE_EPOCH", "2");
        image.rewriteTimestamp(false);

        assertThat(options().times()).isEqualTo(new ImageTimes.SourceDateEpoch(Instant.ofEpochSecond(2), false));
    }

    @Test
    void whatIsNoDateIsRefused() {
        image.sourceDateEpoch("yesterday");

        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(this::options)
                .satisfies(
                        letter -> assertThat(letter.letter()).contains("yesterday", "project.build.outputTimestamp"));
    }
}
