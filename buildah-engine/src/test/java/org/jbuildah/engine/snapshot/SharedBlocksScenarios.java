package org.jbuildah.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jbuildah.engine.linux.Linux;

/** Copies on a file system that can share blocks, in a file of its own. */
final class SharedBlocksScenarios {
    static final List<Path> MAKERS = List.of(Path.of("/usr/sbin/mkfs.xfs"), Path.of("/usr/sbin/mkfs.btrfs"));
    private static final int SIZE = 8 << 20;

    private final Bench bench;

    SharedBlocksScenarios(Bench bench) {
        this.bench = bench;
    }

    void aCopyTakesNoSpaceWhereBlocksCanBeShared() throws Exception {
        Path maker = MAKERS.stream().filter(Files::isExecutable).findFirst().orElseThrow();
        Path place = Files.createDirectories(bench.content.root().resolve("place"));
        Bench.shell(
                bench.content.root(),
                "truncate -s 512M image; " + maker + " image >/dev/null; mount -o loop image place");
        try {
            byte[] noise = new byte[SIZE];
            new Random(1).nextBytes(noise);
            Files.createDirectories(place.resolve("from/d"));
            Files.createDirectory(place.resolve("to"));
            Files.write(place.resolve("from/d/noise"), noise);
            TreeCopy.Means means = new TreeCopy.Means();
            Bench.shell(place, "sync -f .");
            long before = Files.getFileStore(place).getUsableSpace();

            copy(means, place);

            Bench.shell(place, "sync -f .");
            assertThat(before - Files.getFileStore(place).getUsableSpace()).isLessThan(SIZE / 4);
            assertThat(means.reflinks()).isTrue();
            assertThat(Files.readAllBytes(place.resolve("to/d/noise"))).isEqualTo(noise);
        } finally {
            Bench.shell(bench.content.root(), "umount place");
        }
    }

    /** The fall-backs give the same files, sparse ones too. */
    void whatCannotBeSharedIsCopiedAndThatIsRemembered() throws Exception {
        Path place = Files.createDirectories(bench.content.root().resolve("place"));
        Bench.shell(bench.content.root(), "mount -t tmpfs -o size=64m none place");
        try {
            Bench.shell(
                    place,
                    "mkdir from to; echo small > from/small; printf x > from/sparse; truncate -s 5M from/sparse");
            TreeCopy.Means means = new TreeCopy.Means();

            copy(means, place);

            assertThat(means.reflinks()).isFalse();
            assertThat(Files.mismatch(place.resolve("from/small"), place.resolve("to/small")))
                    .isEqualTo(-1);
            assertThat(Files.mismatch(place.resolve("from/sparse"), place.resolve("to/sparse")))
                    .isEqualTo(-1);
            assertThat(bench.linux
                            .lstat(Linux.AT_FDCWD, Names.utf8(place + "/to/sparse"))
                            .blocks512())
                    .isLessThan(100);
        } finally {
            Bench.shell(bench.content.root(), "umount place");
        }
    }

    private void copy(TreeCopy.Means means, Path place) throws Exception {
        byte[] from = Names.utf8(place + "/from");
        byte[] to = Names.utf8(place + "/to");
        new TreeCopy(bench.linux, means).copy(Linux.AT_FDCWD, from, Linux.AT_FDCWD, to);
    }
}
