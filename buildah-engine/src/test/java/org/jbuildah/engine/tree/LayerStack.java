package org.jbuildah.engine.tree;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.layer.Admission;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerIndex;
import org.jbuildah.engine.layer.LayerReader;
import org.jbuildah.engine.layer.LayerWriter;
import org.jbuildah.engine.oci.DiffId;

/** Real layer tars and indexes in a folder, without a store around them. */
final class LayerStack implements LayerAccess {
    static final Instant TIME = Instant.ofEpochSecond(1_700_000_000);

    private final Path folder;
    private final List<DiffId> layers = new ArrayList<>();

    LayerStack(Path folder) {
        this.folder = folder;
    }

    /** Begins the next layer, on top of those before. */
    Layer layer() {
        return new Layer();
    }

    ImageTree tree() {
        return new ImageTree(this, layers);
    }

    /** Takes a finished tar as the next layer. */
    LayerStack add(Path tar) throws IOException {
        DiffId id = nextId();
        Files.copy(tar, tarOf(id));
        index(id, tarOf(id));
        layers.add(id);
        return this;
    }

    private DiffId nextId() {
        return DiffId.parse("sha256:" + String.format("%064x", layers.size() + 1));
    }

    private void index(DiffId id, Path tar) throws IOException {
        try (InputStream input = Files.newInputStream(tar);
                LayerReader reader = new LayerReader(input);
                LayerIndex.Builder builder = new LayerIndex.Builder(folder)) {
            for (LayerEntry entry = reader.next(); entry != null; entry = reader.next()) {
                Optional<LayerEntry> admitted = Admission.admit(entry);
                if (admitted.isPresent()) {
                    builder.add(admitted.get(), reader.contentOffset());
                }
            }
            builder.writeTo(folder.resolve(id.digest().hex() + ".index"));
        }
    }

    private Path tarOf(DiffId id) {
        return folder.resolve(id.digest().hex() + ".tar");
    }

    @Override
    public LayerIndex index(DiffId layer) throws IOException {
        return LayerIndex.open(folder.resolve(layer.digest().hex() + ".index"));
    }

    @Override
    public FileChannel tar(DiffId layer) throws IOException {
        return FileChannel.open(tarOf(layer));
    }

    /** A layer in the making. */
    final class Layer {
        private final List<LayerEntry> entries = new ArrayList<>();
        private final List<String> contents = new ArrayList<>();

        Layer directory(String name) {
            return entry(LayerEntry.directory(EntryName.of(name), 0700, 7, 8, TIME));
        }

        Layer file(String name, String content) {
            entries.add(LayerEntry.file(EntryName.of(name), 0640, 1, 2, content.getBytes(UTF_8).length, TIME));
            contents.add(content);
            return this;
        }

        Layer symlink(String name, String target) {
            return entry(LayerEntry.symlink(EntryName.of(name), 0, 0, target.getBytes(UTF_8), TIME));
        }

        Layer hardLink(String name, String target) {
            return entry(
                    LayerEntry.file(EntryName.of(name), 0777, 9, 9, 0, TIME).asHardLinkTo(EntryName.of(target)));
        }

        Layer entry(LayerEntry entry) {
            entries.add(entry);
            contents.add("");
            return this;
        }

        LayerStack done() throws IOException {
            Path tar = Files.createTempFile(folder, "new", ".tar");
            try (OutputStream sink = Files.newOutputStream(tar);
                    LayerWriter writer = new LayerWriter(sink)) {
                for (int i = 0; i < entries.size(); i++) {
                    if (entries.get(i).isFile()) {
                        writer.write(
                                entries.get(i),
                                new ByteArrayInputStream(contents.get(i).getBytes(UTF_8)));
                    } else {
                        writer.write(entries.get(i));
                    }
                }
            }
            add(tar);
            Files.delete(tar);
            return LayerStack.this;
        }
    }
}
