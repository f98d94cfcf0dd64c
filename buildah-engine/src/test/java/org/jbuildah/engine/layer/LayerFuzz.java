package org.jbuildah.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Any bytes are a layer, or an {@link IOException} says why not; what was read is written and read again as it was. */
public final class LayerFuzz {
    private static final int BLOCK = 512;
    /** A sparse file may claim to be of any size. */
    private static final long ENOUGH = 1 << 20;

    private LayerFuzz() {}

    private record Item(LayerEntry entry, byte[] content) {}

    /** Called by the fuzzer, and by {@code SeedsTest}: the bytes as they are, and with right checksums. */
    public static void fuzzerTestOneInput(byte[] data) {
        judge(data);
        judge(withChecksums(data));
    }

    private static void judge(byte[] tar) {
        List<Item> items;
        try {
            items = read(tar);
        } catch (IOException refused) {
            assertThat(refused).hasMessageContaining("byte");
            return;
        }
        if (items.stream().mapToLong(item -> item.entry().size()).anyMatch(size -> size > ENOUGH)) {
            return;
        }
        byte[] written = write(items);
        try {
            List<Item> again = read(written);
            assertThat(again.stream().map(Item::entry))
                    .isEqualTo(items.stream()
                            .map(item -> inWholeSeconds(item.entry()))
                            .toList());
            for (int i = 0; i < items.size(); i++) {
                assertThat(again.get(i).content()).isEqualTo(items.get(i).content());
            }
            assertThat(write(again)).isEqualTo(written);
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    private static LayerEntry inWholeSeconds(LayerEntry entry) {
        return entry.withMtime(entry.mtime().truncatedTo(ChronoUnit.SECONDS));
    }

    private static List<Item> read(byte[] tar) throws IOException {
        List<Item> items = new ArrayList<>();
        try (LayerReader reader = new LayerReader(new ByteArrayInputStream(tar))) {
            for (LayerEntry entry = reader.next(); entry != null; entry = reader.next()) {
                boolean small = entry.size() <= ENOUGH;
                items.add(new Item(entry, small ? reader.content().readAllBytes() : new byte[0]));
            }
        }
        return items;
    }

    private static byte[] write(List<Item> items) {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        try (LayerWriter writer = new LayerWriter(tar)) {
            for (Item item : items) {
                if (item.entry().isFile()) {
                    writer.write(item.entry(), new ByteArrayInputStream(item.content()));
                } else {
                    writer.write(item.entry());
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return tar.toByteArray();
    }

    /** Sums up each block that stands where a header may. */
    private static byte[] withChecksums(byte[] data) {
        byte[] tar = Arrays.copyOf(data, (data.length + BLOCK - 1) / BLOCK * BLOCK);
        for (int at = 0; at < tar.length; at += BLOCK + stored(tar, at)) {
            Arrays.fill(tar, at + 148, at + 156, (byte) ' ');
            int sum = 0;
            for (int i = at; i < at + BLOCK; i++) {
                sum += tar[i] & 0xff;
            }
            if (sum > 8 * ' ') {
                byte[] digits = String.format("%06o\0", sum).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                System.arraycopy(digits, 0, tar, at + 148, digits.length);
            } else {
                Arrays.fill(tar, at + 148, at + 156, (byte) 0);
            }
        }
        return tar;
    }

    /** How many bytes of whole blocks the size field at a header asks for, as far as they are there. */
    private static int stored(byte[] tar, int header) {
        long size = 0;
        for (int i = header + 124; i < header + 135; i++) {
            size = tar[i] >= '0' && tar[i] <= '7' ? 8 * size + tar[i] - '0' : size;
        }
        return (int) Math.min((size + BLOCK - 1) / BLOCK * BLOCK, (tar.length - header) / BLOCK * BLOCK);
    }
}
