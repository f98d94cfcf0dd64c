package org.jbuildah.engine.layer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Entries with their contents, generated and in tars. */
final class LayerEntries {
    private LayerEntries() {}

    /** An entry and, for a file, its bytes. */
    @SuppressWarnings("ArrayRecordComponent") // raw bytes; equals compares them
    record Filled(LayerEntry entry, byte[] content) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Filled that && entry.equals(that.entry) && Arrays.equals(content, that.content);
        }

        @Override
        public int hashCode() {
            return entry.hashCode();
        }
    }

    static byte[] tar(List<Filled> entries) throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        try (LayerWriter writer = new LayerWriter(tar)) {
            for (Filled filled : entries) {
                if (filled.entry().isFile()) {
                    writer.write(filled.entry(), new ByteArrayInputStream(filled.content()));
                } else {
                    writer.write(filled.entry());
                }
            }
        }
        return tar.toByteArray();
    }

    static List<Filled> read(byte[] tar) throws IOException {
        List<Filled> entries = new ArrayList<>();
        try (LayerReader reader = new LayerReader(new ByteArrayInputStream(tar))) {
            for (LayerEntry entry = reader.next(); entry != null; entry = reader.next()) {
                byte[] content = reader.content().readAllBytes();
                if (reader.contentOffset() >= 0) {
                    int from = (int) reader.contentOffset();
                    if (!Arrays.equals(tar, from, from + content.length, content, 0, content.length)) {
                        throw new AssertionError("the content of " + entry.name() + " is not at byte " + from);
                    }
                }
                entries.add(new Filled(entry, content));
            }
        }
        return entries;
    }

    /** Entries of every kind with odd names, sorted, one of each name. */
    static Arbitrary<List<Filled>> sorted() {
        return entries().list().ofMaxSize(12).map(entries -> {
            SortedMap<EntryName, Filled> byName = new TreeMap<>();
            entries.forEach(filled -> byName.put(filled.entry().name(), filled));
            return List.copyOf(byName.values());
        });
    }

    static Arbitrary<Filled> entries() {
        return Combinators.combine(
                        names(),
                        Arbitraries.of(EntryType.class),
                        Arbitraries.integers().between(0, 07777),
                        ids(),
                        ids(),
                        Arbitraries.longs().between(-5_000_000_000L, 20_000_000_000L),
                        content(),
                        xattrs())
                .as(LayerEntries::entry);
    }

    private static Filled entry(
            EntryName name,
            EntryType type,
            int mode,
            long uid,
            long gid,
            long mtime,
            byte[] content,
            SortedMap<String, byte[]> xattrs) {
        boolean device = type == EntryType.CHARACTER_DEVICE || type == EntryType.BLOCK_DEVICE;
        boolean file = type == EntryType.FILE;
        byte[] target = type == EntryType.SYMLINK || type == EntryType.HARD_LINK ? name.bytes() : new byte[0];
        return new Filled(
                new LayerEntry(
                        name,
                        type,
                        mode,
                        uid,
                        gid,
                        file ? content.length : 0,
                        Instant.ofEpochSecond(mtime),
                        target,
                        device ? mode : 0,
                        device ? 1_048_575 : 0,
                        xattrs),
                file ? content : new byte[0]);
    }

    private static Arbitrary<Long> ids() {
        return Arbitraries.oneOf(
                Arbitraries.of(0L, 1000L, 07777777L, 07777777L + 1, 4_000_000_000L),
                Arbitraries.longs().between(0, 0xffff_fffeL));
    }

    static Arbitrary<EntryName> names() {
        Arbitrary<byte[]> component = Arbitraries.oneOf(
                        Arbitraries.strings()
                                .withCharRange('a', 'e')
                                .ofMinLength(1)
                                .ofMaxLength(3)
                                .map(LayerEntries::latin),
                        Arbitraries.strings()
                                .withCharRange('\1', '\377')
                                .ofMinLength(1)
                                .ofMaxLength(130)
                                .map(LayerEntries::latin))
                .map(bytes -> {
                    byte[] clean = bytes.clone();
                    for (int i = 0; i < clean.length; i++) {
                        clean[i] = clean[i] == '/' ? (byte) '_' : clean[i];
                    }
                    clean[0] = clean[0] == '.' ? (byte) '-' : clean[0];
                    return clean;
                });
        return component.list().ofMinSize(1).ofMaxSize(4).map(components -> {
            EntryName name = EntryName.ROOT;
            for (byte[] next : components) {
                name = name.resolve(EntryName.of(next));
            }
            return name;
        });
    }

    private static byte[] latin(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static Arbitrary<byte[]> content() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(1200);
    }

    private static Arbitrary<SortedMap<String, byte[]>> xattrs() {
        Arbitrary<String> name =
                Arbitraries.of("user.a", "user.a=b", "user.%3D", "user.100%", "security.capability", "user.ü");
        return Arbitraries.maps(name, Arbitraries.bytes().array(byte[].class).ofMaxSize(20))
                .ofMaxSize(2)
                .map(TreeMap::new);
    }
}
