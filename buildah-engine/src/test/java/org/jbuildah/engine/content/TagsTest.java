package org.jbuildah.engine.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jbuildah.engine.api.StoreBroken;
import org.jbuildah.engine.oci.Descriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagsTest {
    @TempDir
    Path folder;

    @Test
    void nameAManifestWithBothAnnotations() throws IOException {
        try (ContentStore store = ContentStore.open(folder)) {
            Descriptor manifest = store.put("m", "1".getBytes(UTF_8));
            store.tags().tag("localhost/shop:1", manifest);

            assertThat(store.tags().find("localhost/shop:1").orElseThrow().annotations())
                    .containsEntry("org.opencontainers.image.ref.name", "localhost/shop:1")
                    .containsEntry("io.containerd.image.name", "localhost/shop:1");
            assertThat(store.tags().find("localhost/shop:2")).isEmpty();
        }
    }

    @Test
    void moveAndGo() throws IOException {
        try (ContentStore store = ContentStore.open(folder)) {
            Descriptor first = store.put("m", "1".getBytes(UTF_8));
            Descriptor second = store.put("m", "2".getBytes(UTF_8));
            store.tags().tag("a", first);
            store.tags().tag("b", first);
            store.tags().tag("a", second);

            assertThat(store.tags().all()).containsOnlyKeys("a", "b");
            assertThat(store.tags().find("a").orElseThrow().digest()).isEqualTo(second.digest());
            store.tags().remove("a");
            assertThat(store.tags().all()).containsOnlyKeys("b");
        }
    }

    @Test
    void touchNothingWhenNothingChanges() throws IOException {
        try (ContentStore store = ContentStore.open(folder)) {
            Descriptor manifest = store.put("m", "1".getBytes(UTF_8));
            store.tags().tag("a", manifest);
            Path index = folder.resolve("index.json");
            Files.setLastModifiedTime(index, FileTime.fromMillis(1000));

            store.tags().tag("a", manifest);

            assertThat(Files.getLastModifiedTime(index)).isEqualTo(FileTime.fromMillis(1000));
        }
    }

    @Test
    void ofSeveralProcessesAreAllKept() throws Exception {
        Process one = Child.start(folder, "tag", "one");
        Process two = Child.start(folder, "tag", "two");
        assertThat(one.waitFor() + two.waitFor()).isZero();

        try (ContentStore store = ContentStore.open(folder)) {
            assertThat(store.tags().all()).hasSize(40);
        }
    }

    @Test
    void thatCannotBeReadAreSaidToBeBroken() throws IOException {
        try (ContentStore store = ContentStore.open(folder)) {
            Files.writeString(folder.resolve("index.json"), "{");

            assertThatThrownBy(() -> store.tags().all())
                    .isInstanceOf(StoreBroken.class)
                    .hasMessageContaining("index.json");
        }
    }
}
