package org.jbuildah.engine.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The merged view against unpacking one layer after the other, the way the image specification tells it. */
class MergedLayersTest {
    enum Kind {
        DIRECTORY,
        FILE,
        SYMLINK,
        WHITEOUT,
        OPAQUE
    }

    record Change(String name, Kind kind) {}

    @Provide
    Arbitrary<List<List<Change>>> stacks() {
        Arbitrary<String> names =
                Arbitraries.of("a", "b", "a-b").list().ofMinSize(1).ofMaxSize(3).map(parts -> String.join("/", parts));
        Arbitrary<Change> change = Combinators.combine(names, Arbitraries.of(Kind.class))
                .as((name, kind) -> kind == Kind.SYMLINK ? new Change(name + "/link", kind) : new Change(name, kind));
        Arbitrary<List<Change>> layer =
                change.list().ofMinSize(1).ofMaxSize(8).map(MergedLayersTest::withoutContradictions);
        return layer.list().ofMinSize(1).ofMaxSize(4);
    }

    /** One entry of a name, and nothing below what is no directory: a tar with such is broken in itself. */
    private static List<Change> withoutContradictions(List<Change> changes) {
        TreeMap<String, Change> kept = new TreeMap<>();
        for (Change change : changes) {
            String name = change.name();
            boolean entry =
                    change.kind() == Kind.FILE || change.kind() == Kind.SYMLINK || change.kind() == Kind.DIRECTORY;
            boolean taken = entry && kept.containsKey(name);
            boolean holdsOthers = entry
                    && change.kind() != Kind.DIRECTORY
                    && kept.values().stream().anyMatch(other -> path(other).startsWith(name + "/"));
            boolean insideOfFile = kept.values().stream()
                    .anyMatch(other -> (other.kind() == Kind.FILE || other.kind() == Kind.SYMLINK)
                            && path(change).startsWith(other.name() + "/"));
            if (!taken && !holdsOthers && !insideOfFile) {
                kept.put(path(change), change);
            }
        }
        return List.copyOf(kept.values());
    }

    private static String path(Change change) {
        int slash = change.name().lastIndexOf('/') + 1;
        return switch (change.kind()) {
            case WHITEOUT ->
                change.name().substring(0, slash) + ".wh." + change.name().substring(slash);
            case OPAQUE -> change.name() + "/.wh..wh..opq";
            default -> change.name();
        };
    }

    @Property(tries = 200)
    void showsWhatUnpackingLayerByLayerLeaves(@ForAll("stacks") List<List<Change>> layers) throws IOException {
        Path folder = Files.createTempDirectory("stack-test");
        try {
            LayerStack stack = new LayerStack(folder);
            TreeMap<String, String> unpacked = new TreeMap<>();
            for (int i = 0; i < layers.size(); i++) {
                LayerStack.Layer layer = stack.layer();
                for (Change change : layers.get(i)) {
                    switch (change.kind()) {
                        case DIRECTORY -> layer.directory(change.name());
                        case SYMLINK -> layer.symlink(change.name(), "nowhere" + i);
                        default -> layer.file(path(change), "layer " + i);
                    }
                }
                layer.done();
                unpack(layers.get(i), i, unpacked);
            }
            List<String> expected = new ArrayList<>();
            unpacked.forEach((name, what) -> expected.add(name + what));
            assertThat(ImageTreeTest.listing(stack.tree())).containsExactlyInAnyOrderElementsOf(expected);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void unpack(List<Change> layer, int number, Map<String, String> tree) {
        for (Change change : layer) {
            String name = change.name();
            if (change.kind() == Kind.WHITEOUT || change.kind() == Kind.OPAQUE) {
                tree.keySet()
                        .removeIf(other ->
                                other.startsWith(name + "/") || (change.kind() == Kind.WHITEOUT && other.equals(name)));
            }
        }
        for (Change change : layer) {
            String path = path(change);
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                tree.put(path.substring(0, slash), "/"); // nothing lies below a file, so a file can go
            }
            switch (change.kind()) {
                case DIRECTORY -> tree.put(path, "/");
                case FILE, SYMLINK -> {
                    tree.keySet().removeIf(other -> other.startsWith(path + "/"));
                    tree.put(path, change.kind() == Kind.FILE ? "=layer " + number : "->nowhere" + number);
                }
                default -> {}
            }
        }
    }
}
