package org.jbuildah.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.ImageOptions;
import org.jbuildah.engine.api.ImageTimes;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.SourceText;
import org.jbuildah.engine.dockerfile.DockerfileParser;
import org.junit.jupiter.api.Test;

class SourceDateTest {
    private static final ImageTimes DATED = new ImageTimes.SourceDateEpoch(Instant.ofEpochSecond(2000), false);

    private static SourceDate date(BuildRequest.Builder request, String... lines) {
        return SourceDate.of(request.build(), DockerfileParser.parse(new SourceText("Dockerfile", List.of(lines))));
    }

    private static BuildRequest.Builder request() {
        return BuildRequest.of(Path.of("."));
    }

    @Test
    void theOptionIsAnArgument() {
        SourceDate date = date(request().image(ImageOptions.DEFAULT.withTimes(DATED)), "FROM scratch");

        assertThat(date.args()).containsEntry("SOURCE_DATE_EPOCH", "2000");
    }

    @Test
    void theArgumentDatesTheImage() {
        SourceDate date = date(request().args(Map.of("SOURCE_DATE_EPOCH", "2000")), "FROM scratch");

        assertThat(date.image().times()).isEqualTo(DATED);
    }

    @Test
    void soDoesADefaultBeforeTheFirstFrom() {
        assertThat(date(request(), "ARG D=20", "ARG SOURCE_DATE_EPOCH=${D}00", "FROM scratch")
                        .image()
                        .times())
                .isEqualTo(DATED);
        assertThat(date(request().args(Map.of("SOURCE_DATE_EPOCH", "")), "ARG SOURCE_DATE_EPOCH=7", "FROM scratch")
                        .image()
                        .times())
                .isEqualTo(ImageTimes.AS_MADE);
        assertThat(date(request(), "FROM scratch", "ARG SOURCE_DATE_EPOCH=7")
                        .image()
                        .times())
                .isEqualTo(ImageTimes.AS_MADE);
    }

    @Test
    void whatIsNoNumberIsRefused() {
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> date(request(), "ARG SOURCE_DATE_EPOCH=today", "FROM scratch"))
                .withMessageContaining("\"today\"");
    }
}
