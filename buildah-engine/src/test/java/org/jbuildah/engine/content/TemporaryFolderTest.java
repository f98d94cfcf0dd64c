package org.jbuildah.engine.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
    @TempDir
    Path folder;

    @Test
    void ofADeadProcessIsRemovedByTheNextWriter() throws Exception {
        Child.run(folder, "die");
        assertThat(folder.resolve("tmp")).isNotEmptyDirectory();

        try (ContentStore store = ContentStore.open(folder)) {
            store.put("x", new byte[1]);
        }

        assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void ofALivingStoreIsLeftAlone() throws Exception {
        try (ContentStore first = ContentStore.open(folder);
                ContentStore second = ContentStore.open(folder)) {
            Path scratch = first.scratch();
            second.put("x", new byte[1]);

            assertThat(Files.isDirectory(scratch)).isTrue();
            assertThat(second.scratch()).isNotEqualTo(scratch);
        }
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }
}
