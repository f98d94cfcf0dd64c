package org.jbuildah.engine.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jbuildah.engine.layer.LayerEntries.Filled;
import org.junit.jupiter.api.Test;

class LayerWriterTest {
    private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000);

    @Provide
    Arbitrary<List<Filled>> layers() {
        return LayerEntries.sorted();
    }

    @Property(tries = 300)
    void whatIsWrittenIsReadBack(@ForAll("layers") List<Filled> layer) throws IOException {
        assertThat(LayerEntries.read(LayerEntries.tar(layer))).isEqualTo(layer);
    }

    @Property(tries = 50)
    void theBytesAreAFunctionOfTheEntries(@ForAll("layers") List<Filled> layer) throws IOException {
        assertThat(LayerEntries.tar(layer)).isEqualTo(LayerEntries.tar(layer));
    }

    @Test
    void anEmptyLayerIsTwoEmptyBlocks() throws IOException {
        assertThat(LayerEntries.tar(List.of())).isEqualTo(new byte[1024]);
    }

    @Test
    void theRootIsWrittenAsADirectoryAndReadAsTheEmptyName() throws IOException {
        Filled root = new Filled(LayerEntry.directory(EntryName.ROOT, 0755, 0, 0, TIME), new byte[0]);

        byte[] tar = LayerEntries.tar(List.of(root));

        assertThat(new String(tar, 0, 3, UTF_8)).isEqualTo("./\0");
        assertThat(LayerEntries.read(tar)).containsExactly(root);
    }

    @Test
    void timesAreCutToWholeSeconds() throws IOException {
        LayerEntry early = LayerEntry.directory(EntryName.of("a"), 0755, 0, 0, Instant.ofEpochSecond(-2, 500_000_000));

        List<Filled> read = LayerEntries.read(LayerEntries.tar(List.of(new Filled(early, new byte[0]))));

        assertThat(read.get(0).entry().mtime()).isEqualTo(Instant.ofEpochSecond(-2));
    }

    @Test
    void contentThatIsTooShortFailsByName() {
        assertThatThrownBy(() -> writeFile(5, "abc"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("\"etc/motd\" ended after 3 bytes; 5 were announced");
    }

    @Test
    void contentThatIsTooLongFailsByName() {
        assertThatThrownBy(() -> writeFile(2, "abc"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("\"etc/motd\" goes on after 2 bytes");
    }

    @Test
    void aNameThatFitsTheUstarPrefixNeedsNoPaxHeader() throws IOException {
        LayerEntry file = LayerEntry.file(EntryName.of("d".repeat(155) + "/" + "f".repeat(100)), 0644, 0, 0, 0, TIME);
        LayerEntry longer = LayerEntry.file(EntryName.of("d".repeat(156) + "/" + "f".repeat(100)), 0644, 0, 0, 0, TIME);

        assertThat(LayerEntries.tar(List.of(new Filled(file, new byte[0])))).hasSize(512 + 1024);
        assertThat(LayerEntries.tar(List.of(new Filled(longer, new byte[0])))).hasSize(3 * 512 + 1024);
    }

    private static void writeFile(long size, String content) throws IOException {
        try (LayerWriter writer = new LayerWriter(new ByteArrayOutputStream())) {
            writer.write(
                    LayerEntry.file(EntryName.of("etc/motd"), 0644, 0, 0, size, TIME),
                    new ByteArrayInputStream(content.getBytes(UTF_8)));
        }
    }
}
