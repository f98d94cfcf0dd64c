package org.jbuildah.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jbuildah.engine.api.Edits;
import org.jbuildah.engine.api.ImageOptions;
import org.jbuildah.engine.api.ImageTimes;
import org.jbuildah.engine.api.Lent;
import org.jbuildah.engine.api.PullPolicy;
import org.jbuildah.engine.api.RunNetwork;
import org.jbuildah.engine.api.RunOptions;
import org.jbuildah.engine.api.SourceSpan;
import org.jbuildah.engine.api.SourceText;
import org.jbuildah.engine.api.StorageDriver;
import org.jbuildah.engine.api.Ulimit;
import org.jbuildah.engine.api.Volume;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.EntryType;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.progress.BuildEvent;
import org.junit.jupiter.api.Test;

class FormsTest {
    private static final SourceSpan PLACE = new SourceSpan(SourceText.of("Dockerfile", "FROM a\nRUN b\n"), 2, 2);

    private static Object travelled(Type type, Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Forms.of(type).write(new DataOutputStream(bytes), value);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        Object read = Forms.of(type).read(in);
        assertThat(in.available()).isZero();
        return read;
    }

    @Test
    void eventsArriveAsTheyWere() throws IOException {
        for (BuildEvent event : List.of(
                new BuildEvent.HostJudged(List.of("ä", "")),
                new BuildEvent.ImageResolved("a:1", Digest.of(new byte[0])),
                new BuildEvent.StepStarted("s", 1, 2, "RUN b", PLACE),
                new BuildEvent.StepFinished("s", 1, Duration.ofNanos(1_000_000_007)),
                new BuildEvent.BlobTransferred(
                        BuildEvent.Direction.PUSH, "a:1", Digest.of(new byte[1]), 1, Long.MAX_VALUE))) {
            assertThat(travelled(BuildEvent.class, event)).isEqualTo(event);
        }
        BuildEvent.ProcessOutput output = (BuildEvent.ProcessOutput)
                travelled(BuildEvent.class, new BuildEvent.ProcessOutput("s", 1, true, new byte[] {0, -1, 10}));
        assertThat(output.standardError()).isTrue();
        assertThat(output.bytes()).containsExactly(0, -1, 10);
    }

    @Test
    void entriesKeepTheBytesOfTheirNames() throws IOException {
        LayerEntry entry = new LayerEntry(
                EntryName.of(new byte[] {'a', '/', (byte) 0xff}),
                EntryType.SYMLINK,
                0777,
                0,
                0,
                0,
                Instant.ofEpochSecond(-1, 999_999_999),
                new byte[] {(byte) 0xfe},
                0,
                0,
                new TreeMap<>(Map.of("user.x", new byte[] {1})));

        assertThat(travelled(Answer.Entry.class, new Answer.Entry(entry, null)))
                .isEqualTo(new Answer.Entry(entry, null));
        assertThat(travelled(Answer.Entry.class, new Answer.Entry(entry, 3))).isEqualTo(new Answer.Entry(entry, 3));
    }

    @Test
    void allThatAResultDependsOnArrives() throws IOException {
        RunOptions runs = RunOptions.DEFAULT
                .withTimeout(Duration.ofMinutes(3))
                .withUlimits(List.of(Ulimit.parse("nofile=7:9")))
                .withProxyVariables(Map.of("HTTP_PROXY", "http://p"))
                .withNetwork(new RunNetwork(
                        RunNetwork.Access.NONE,
                        RunNetwork.HostEntry.parse("db:192.0.2.7"),
                        false,
                        RunNetwork.Resolver.OF_THE_MACHINE));
        ImageOptions image = ImageOptions.DEFAULT
                .withLabels(new Edits(false, Set.of("a"), Map.of("b", "c")))
                .withTimes(new ImageTimes.SourceDateEpoch(Instant.ofEpochSecond(7), true));

        HelperTask task = task(runs, image);
        HelperTask read = (HelperTask) travelled(HelperTask.class, task);

        assertThat(read).usingRecursiveComparison().isEqualTo(task);
        assertThat(read.runs()).isEqualTo(runs);
        assertThat(read.image()).isEqualTo(image);
    }

    private static HelperTask task(RunOptions runs, ImageOptions image) {
        return new HelperTask(
                SourceText.of("Dockerfile", "FROM a\n"),
                new HelperTask.Selection(
                        Map.of("A", ""), null, List.of(Platform.parse("linux/arm64/v8")), true, "base", true),
                Map.of("tools", new HelperTask.Named.Files(1), "none", new HelperTask.Named.Scratch()),
                PullPolicy.NEWER,
                true,
                StorageDriver.VFS,
                image,
                runs,
                new HelperTask.LentToHelper(
                        Map.of("token", "s3cret".getBytes(StandardCharsets.UTF_8)),
                        Set.of("default"),
                        List.of(new HelperTask.HelperVolume("/mnt/0", "/m2", true)),
                        ""),
                2);
    }

    @Test
    void aPathOfThisMachineDoesNotTravel() {
        Lent lent = new Lent(Map.of(), Map.of(), List.of(new Volume(Path.of("/home/me"), "/m2", true)));
        HelperTask task = task(RunOptions.DEFAULT.withLent(lent), ImageOptions.DEFAULT);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> travelled(HelperTask.class, task))
                .withMessageContaining("java.nio.file.Path");
    }

    @Test
    void bytesCannotChooseAClass() {
        byte[] none = {127};

        assertThatThrownBy(() -> Forms.of(BuildEvent.class).read(new DataInputStream(new ByteArrayInputStream(none))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("alternative 127");
    }

    @Test
    void whatMayBeAbsentMayBeAbsent() throws IOException {
        assertThat(travelled(Answer.Reason.class, new Answer.Reason(Optional.empty())))
                .isEqualTo(new Answer.Reason(Optional.empty()));
    }
}
