package org.jbuildah.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jbuildah.engine.snapshot.Bench.directory;
import static org.jbuildah.engine.snapshot.Bench.fifo;
import static org.jbuildah.engine.snapshot.Bench.file;
import static org.jbuildah.engine.snapshot.Bench.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jbuildah.engine.content.LayerSink;
import org.jbuildah.engine.layer.EntryType;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.OpenFlag;
import org.jbuildah.engine.oci.DiffId;

/** What only fuse-overlayfs is asked: its forms of records, and its process. */
final class FuseScenarios {
    private static final byte[] YES = {'y'};

    private final Bench bench;
    private final Linux linux;

    FuseScenarios(Bench bench) {
        this.bench = bench;
        this.linux = bench.linux;
    }

    /** Upper directories as versions and settings of the program leave them; each says that {@code d} is opaque. */
    void everyFormOfAnOpaqueDirectoryIsRead() throws Exception {
        for (String form :
                List.of("user.fuseoverlayfs.opaque", "user.overlay.opaque", "trusted.overlay.opaque", ".wh..wh..opq")) {
            Path work = work(form);
            Files.createDirectories(work.resolve("low/d/sub"));
            Files.createFile(work.resolve("low/d/old"));
            Files.createDirectories(work.resolve("upper/d/made"));
            Files.createFile(work.resolve("upper/d/n"));
            for (String directory : List.of("d", "d/made")) { // the program marks those that hide nothing, too
                if (form.startsWith(".")) {
                    Files.createFile(work.resolve("upper").resolve(directory).resolve(form));
                } else if (!set(work.resolve("upper").resolve(directory), form)) {
                    return; // the namespace has no trusted xattrs
                }
                linux.mknodat(Linux.AT_FDCWD, Names.utf8(work + "/upper/" + directory + "/.wh..opq"), 0020000, 0, 0);
            }

            DiffId layer = changes(work);

            assertThat(bench.entries(layer)).as(form).containsExactly("d/", "d/.wh..wh..opq", "d/made/", "d/n");
            assertThat(Files.exists(work.resolve("upper/d/made/.wh..wh..opq"))).isFalse();
            assertThat(linux.lgetxattrs(Names.utf8(work + "/upper/d/made")))
                    .as(form)
                    .isEmpty();
            assertThat(Files.exists(work.resolve("upper/d/.wh..opq"))).isFalse();
        }
    }

    void everyFormOfARemovalIsRead() throws Exception {
        Path work = work("removals");
        Files.createDirectories(work.resolve("low/d"));
        for (String name : List.of("device", "marker", ".opq", "kept")) {
            Files.createFile(work.resolve("low/d").resolve(name));
        }
        Files.createDirectories(work.resolve("upper/d"));
        Files.createFile(work.resolve("upper/d/.wh.marker"));
        Files.createFile(work.resolve("upper/d/.wh..opq"));
        Files.createFile(work.resolve("upper/d/.wh.nothing"));
        linux.mknodat(Linux.AT_FDCWD, Names.utf8(work + "/upper/d/device"), 0020000, 0, 0);
        linux.mknodat(Linux.AT_FDCWD, Names.utf8(work + "/upper/d/nothing2"), 0020000, 0, 0);

        DiffId layer = changes(work);

        assertThat(bench.entries(layer)).containsExactly("d/", "d/.wh..opq", "d/.wh.device", "d/.wh.marker");
        assertThat(Files.exists(work.resolve("upper/d/.wh.nothing"))).isFalse();
        assertThat(Files.exists(work.resolve("upper/d/nothing2"))).isFalse();
    }

    void whatTheProgramSpoilsIsRepaired() throws Exception {
        DiffId base = bench.layer(directory("d"), fifo("d/pipe"), file("d/empty", ""));

        DiffId layer = bench.run(List.of(base), "mv d/pipe moved; chmod 600 d/empty");

        assertThat(bench.entry(layer, "moved").type()).isEqualTo(EntryType.FIFO);
        assertThat(bench.entry(layer, "moved").mode()).isEqualTo(0640);
        assertThat(bench.entry(layer, "d/empty").type()).isEqualTo(EntryType.FILE);
        assertThat(bench.seen(List.of(base, layer)).get("/moved")).startsWith("10640 ");
    }

    void noRecordOfTheProgramGetsIntoALayer() throws Exception {
        Path work = work("records");
        Files.createDirectories(work.resolve("low"));
        Path made =
                Files.createFile(Files.createDirectories(work.resolve("upper")).resolve("f"));
        for (String xattr : List.of(
                "user.fuseoverlayfs.origin",
                "user.fuseoverlayfs.override_stat",
                "user.containers.override_stat",
                "user.note")) {
            set(made, xattr);
        }

        DiffId layer = changes(work);

        assertThat(bench.entry(layer, "f").xattrs()).containsOnlyKeys("user.note");
        assertThat(linux.lgetxattrs(Names.utf8(made.toString()))).containsOnlyKeys("user.note");
    }

    void aDaemonThatEndsBeforeTheStepIsNotBelieved() throws Exception {
        DiffId base = bench.layer(file("f", "f"));
        try (SnapshotStore.Snapshot snapshot = bench.store.prepare(List.of(base))) {
            bench.mounted(snapshot, root -> {
                shell(root, "echo x > x");
                for (long pid : daemons()) {
                    linux.kill((int) pid, 9);
                    while (!Files.readString(Path.of("/proc", pid + "/status")).contains("State:\tZ")) {
                        Thread.sleep(1);
                    }
                }
            });
            assertThatThrownBy(snapshot::commit)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("fuse-overlayfs ended while a step ran");
        }
        assertThat(daemons()).isEmpty();
    }

    void noDaemonOutlivesItsSnapshot() throws Exception {
        DiffId base = bench.layer(file("f", "f"));
        SnapshotStore.Snapshot kept = bench.store.prepare(List.of(base));
        SnapshotStore.Snapshot dropped = bench.store.prepare(List.of(base));
        bench.mounted(kept, root -> shell(root, "echo x > x"));
        bench.mounted(dropped, root -> shell(root, "echo x > x"));

        assertThat(daemons()).hasSize(2);
        kept.commit();
        assertThat(daemons()).hasSize(1);
        kept.close();
        dropped.close();

        assertThat(daemons()).isEmpty();
    }

    void aProgramThatCannotMountIsQuoted() throws Exception {
        FuseProgram program = new FuseProgram(ScenarioProgram.FUSE_OVERLAYFS);
        Path log = bench.content.root().resolve("log");

        assertThatThrownBy(() -> FuseDaemon.mount(linux, program, "lowerdir=/nowhere", "/tmp", log))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("fuse-overlayfs ended at once: ");
        assertThat(daemons()).isEmpty();
    }

    private static List<Long> daemons() throws IOException {
        List<Long> pids = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes.toList()) {
                Path name = process.resolve("comm");
                if (process.getFileName().toString().matches("\\d+")
                        && Files.readString(name, StandardCharsets.ISO_8859_1).startsWith("fuse-overlayfs")) {
                    pids.add(Long.parseLong(process.getFileName().toString()));
                }
            }
        }
        return pids;
    }

    private Path work(String name) throws IOException {
        return Files.createDirectories(bench.content.root().resolve("work").resolve(name));
    }

    private boolean set(Path file, String xattr) throws IOException {
        try {
            linux.lsetxattr(Names.utf8(file.toString()), xattr, YES);
            return true;
        } catch (LinuxException e) {
            return false;
        }
    }

    private DiffId changes(Path work) throws IOException {
        int base = linux.openat(Linux.AT_FDCWD, Names.utf8(work.toString()), OpenFlag.RDONLY | OpenFlag.DIRECTORY, 0);
        try (LayerSink sink = bench.content.newLayer()) {
            LayerDraft draft = new LayerDraft(linux, sink, Owners.ON_DISK);
            FuseRecords records = new FuseRecords(linux);
            LowerView lowers = LowerView.of(linux, records, base, List.of("low"));
            byte[] upper = Names.utf8("upper");
            new UpperChanges(linux, records, draft, lowers).write(base, upper, linux.lstat(base, upper));
            return sink.commit();
        } finally {
            linux.close(base);
        }
    }
}
