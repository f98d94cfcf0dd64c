package org.jbuildah.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jbuildah.engine.api.Edits;
import org.jbuildah.engine.api.ImageOptions;
import org.jbuildah.engine.api.ImageTimes;
import org.jbuildah.engine.api.Layering;
import org.jbuildah.engine.api.Output;
import org.jbuildah.engine.api.RequestInvalid;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

class ImageFlagsTest {
    private static final String EPOCH = "SOURCE_DATE_EPOCH";

    @Command(name = "build")
    private static final class Build {
        @Mixin
        private final ImageFlags image = new ImageFlags();

        @Mixin
        private final FlagsWithoutEffect withoutEffect = new FlagsWithoutEffect();

        @Parameters
        private List<String> context = List.of();
    }

    private static Build parsed(String... words) {
        Build build = new Build();
        new CommandLine(build).parseArgs(words);
        return build;
    }

    private static ImageOptions options(Map<String, String> shell, Map<String, String> args, String... words) {
        return parsed(words).image.options(shell, args);
    }

    @Test
    void anOptionalValueIsNotTakenForTheContext() {
        Build build = parsed("--rm", "--force-rm=false", "-D", "--squash", "--layers", ".");

        assertThat(build.context).containsExactly(".");
        assertThat(build.image.options(Map.of(), Map.of()).layering()).isEqualTo(Layering.ONE_IN_ALL);
    }

    @Test
    void layersComeFromTheFlagElseFromTheEnvironment() {
        Map<String, String> shell = Map.of("BUILDAH_LAYERS", "false");

        assertThat(options(Map.of(), Map.of()).layering()).isEqualTo(Layering.PER_STEP);
        assertThat(options(shell, Map.of()).layering()).isEqualTo(Layering.ONE_ABOVE_BASE);
        assertThat(options(shell, Map.of(), "--layers").layering()).isEqualTo(Layering.PER_STEP);
    }

    @Test
    void aVariableWithoutAValueIsTheEnvironmentsOrNone() {
        ImageOptions options =
                options(Map.of("A", "shell"), Map.of(), "--env", "A", "--env", "B", "--env", "C=", "--unsetenv", "D");

        assertThat(options.environment()).isEqualTo(new Edits(true, Set.of("D"), Map.of("A", "shell", "C", "")));
    }

    @Test
    void theDateComesFromTheFlagThenTheArgumentThenTheEnvironment() {
        Map<String, String> shell = Map.of(EPOCH, "1");
        Map<String, String> args = Map.of(EPOCH, "2");

        assertThat(options(shell, Map.of()).times()).isEqualTo(date(1, false));
        assertThat(options(shell, args).times()).isEqualTo(date(2, false));
        assertThat(options(shell, args, "--source-date-epoch=3", "--rewrite-timestamp")
                        .times())
                .isEqualTo(date(3, true));
        assertThat(options(shell, args, "--timestamp", "4").times())
                .isEqualTo(new ImageTimes.Exactly(Instant.ofEpochSecond(4)));
        assertThatThrownBy(() -> options(Map.of(), Map.of(), "--timestamp=1", "--source-date-epoch=1"))
                .isInstanceOf(RequestInvalid.class);
    }

    private static ImageTimes date(long seconds, boolean clamp) {
        return new ImageTimes.SourceDateEpoch(Instant.ofEpochSecond(seconds), clamp);
    }

    @Test
    void anOutputMayBeADirectoryOrStandardOutput() {
        OutputStream out = new ByteArrayOutputStream();

        assertThat(OutputOption.parse("some/dir", out)).isEqualTo(new Output.Local(Path.of("some/dir")));
        assertThat(OutputOption.parse("-", out)).isEqualTo(new Output.TarStream(out));
        assertThat(OutputOption.parse("type=tar,dest=-", out)).isEqualTo(new Output.TarStream(out));
        assertThat(OutputOption.parse("type=tar,dest=a.tar", out)).isEqualTo(new Output.Tar(Path.of("a.tar")));
    }
}
