package org.jbuildah.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.IdMap.Range;
import org.jbuildah.engine.linux.JnrLinux;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.rootfs.Access;
import org.jbuildah.engine.rootfs.CacheSharing;
import org.jbuildah.engine.rootfs.MountSpec.CacheDirectory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** As this user, who owns every file: one id is enough for all but the owners, which the corpus looks at. */
@EnabledOnOs(OS.LINUX)
@Timeout(30)
class CacheDirectoriesTest {
    private static final IdMap SINGLE = new IdMap(List.of(new Range(0, 1000, 1)), List.of(new Range(0, 1000, 1)));

    @TempDir
    private Path root;

    private CacheDirectories caches;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectory(root.resolve("locks"));
        caches = CacheDirectories.of(JnrLinux.load(), root, SINGLE);
    }

    @Test
    void whatIsWrittenIsThereTheNextTime() throws Exception {
        try (CacheDirectories.Lent first = lend("id", CacheSharing.SHARED)) {
            Files.writeString(first.directory().resolve("kept"), "x");
        }

        try (CacheDirectories.Lent second = lend("id", CacheSharing.LOCKED)) {
            assertThat(second.directory().resolve("kept")).hasContent("x");
        }
    }

    @Test
    void idAndAccessTellOneFromAnother() {
        assertThat(CacheDirectories.nameOf(mount("a", CacheSharing.SHARED, null)))
                .isEqualTo(CacheDirectories.nameOf(mount("a", CacheSharing.LOCKED, null)))
                .isNotEqualTo(CacheDirectories.nameOf(mount("b", CacheSharing.SHARED, null)))
                .isNotEqualTo(CacheDirectories.nameOf(mount("a", CacheSharing.SHARED, new Access(0, 0, 0700))));
    }

    @Test
    void sharedIsOneDirectoryForMany() throws Exception {
        try (CacheDirectories.Lent first = lend("id", CacheSharing.SHARED);
                CacheDirectories.Lent second = lend("id", CacheSharing.SHARED)) {
            assertThat(second.directory()).isEqualTo(first.directory());
        }
    }

    @Test
    void privateIsADirectoryForEach() throws Exception {
        Path before;
        try (CacheDirectories.Lent first = lend("id", CacheSharing.PRIVATE);
                CacheDirectories.Lent second = lend("id", CacheSharing.PRIVATE)) {
            assertThat(second.directory()).isNotEqualTo(first.directory());
            before = first.directory();
        }

        try (CacheDirectories.Lent third = lend("id", CacheSharing.PRIVATE)) {
            assertThat(third.directory()).isEqualTo(before);
        }
    }

    @Test
    void lockedWaitsForWhoHasIt() throws Exception {
        List<Path> second = new ArrayList<>();
        Path first;
        Thread thread;
        try (CacheDirectories.Lent lent = lend("id", CacheSharing.LOCKED)) {
            first = lent.directory();
            thread = new Thread(() -> {
                try (CacheDirectories.Lent later = lend("id", CacheSharing.LOCKED)) {
                    second.add(later.directory());
                } catch (IOException e) {
                    second.clear();
                }
            });
            thread.start();
            Thread.sleep(300);
            assertThat(second).isEmpty();
        }
        thread.join();
        assertThat(second).containsExactly(first);
    }

    @Test
    void whoWaitsCanBeInterrupted() throws Exception {
        List<Throwable> thrown = new ArrayList<>();
        try (CacheDirectories.Lent lent = lend("id", CacheSharing.SHARED)) {
            Thread thread = new Thread(() -> {
                try {
                    lend("id", CacheSharing.LOCKED).close();
                } catch (IOException e) {
                    thrown.add(e);
                }
            });
            thread.start();
            thread.interrupt();
            thread.join();
            assertThat(lent.directory()).isDirectory();
        }
        assertThat(thrown).singleElement().isInstanceOf(InterruptedIOException.class);
    }

    @Test
    void pruningLeavesWhatIsInUse() throws Exception {
        Path unused;
        try (CacheDirectories.Lent lent = lend("other", CacheSharing.SHARED)) {
            unused = lent.directory();
        }
        try (CacheDirectories.Lent used = lend("id", CacheSharing.SHARED)) {
            assertThat(caches.prune()).isFalse();
            assertThat(used.directory()).isDirectory();
            assertThat(unused).doesNotExist();
        }
        assertThat(caches.prune()).isTrue();
    }

    @Test
    void theModeIsGivenWhenItIsMade() throws Exception {
        try (CacheDirectories.Lent lent =
                caches.lend(mount("id", CacheSharing.SHARED, new Access(0, 0, 0711)), NO_SNAPSHOTS)) {
            assertThat(java.nio.file.attribute.PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(lent.directory())))
                    .isEqualTo("rwx--x--x");
        }
    }

    private CacheDirectories.Lent lend(String id, CacheSharing sharing) throws IOException {
        return caches.lend(mount(id, sharing, null), NO_SNAPSHOTS);
    }

    private static CacheDirectory mount(String id, CacheSharing sharing, @Nullable Access access) {
        return new CacheDirectory("/c", id, sharing, List.of(), EntryName.ROOT, access, false);
    }

    /** A cache that begins empty needs none. */
    private static final SnapshotStore NO_SNAPSHOTS = new SnapshotStore() {
        @Override
        public Snapshot prepare(List<DiffId> layers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean prune() {
            return true;
        }

        @Override
        public void close() {}
    };
}
