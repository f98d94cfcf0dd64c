package org.jbuildah.engine.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jbuildah.engine.snapshot.Bench.device;
import static org.jbuildah.engine.snapshot.Bench.directory;
import static org.jbuildah.engine.snapshot.Bench.file;
import static org.jbuildah.engine.snapshot.Bench.hardLink;
import static org.jbuildah.engine.snapshot.Bench.shell;
import static org.jbuildah.engine.snapshot.Bench.symlink;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jbuildah.engine.layer.EntryType;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.Digest;

/** What every driver must do; each method is one scenario, run in a namespace where mounts are allowed. */
final class SnapshotScenarios {
    private final Bench bench;

    SnapshotScenarios(Bench bench) {
        this.bench = bench;
    }

    private DiffId base() throws IOException {
        return bench.layer(
                directory("bin"),
                file("bin/tool", "tool\n").mode(0755),
                directory("etc"),
                file("etc/passwd", "root\n"),
                file("etc/shadow", "secret\n").mode(0600),
                symlink("etc/mtab", "/proc/mounts"),
                directory("d"),
                file("d/old", "old\n"),
                directory("d/sub"),
                file("d/sub/deep", "deep\n"),
                file("hard1", "hard\n"),
                hardLink("hard2", "hard1"),
                directory("tmp").mode(01777));
    }

    private DiffId owned() throws IOException {
        return bench.layer(
                directory("srv").owned(33, 34),
                file("srv/page", "page\n").owned(33, 34),
                file("srv/other", "other file\n").owned(35, 36));
    }

    void scratchIsAnEmptyRootDirectory() throws Exception {
        assertThat(bench.seen(List.of())).hasToString("{=40755 0:0}");
    }

    void theMergedTreeShowsTheLayersOverEachOther() throws Exception {
        DiffId second = bench.layer(
                directory("d"),
                file("d/.wh.old", ""),
                directory("d/sub"),
                file("d/sub/.wh..wh..opq", ""),
                file("d/sub/new", "new\n"),
                directory("etc"),
                file("etc/passwd", "changed\n"),
                file("bin", "a file now\n"),
                file(".wh.hard1", ""));

        SortedMap<String, String> seen = bench.seen(List.of(base(), second));

        assertThat(seen.keySet())
                .containsExactly(
                        "",
                        "/bin",
                        "/d",
                        "/d/sub",
                        "/d/sub/new",
                        "/etc",
                        "/etc/mtab",
                        "/etc/passwd",
                        "/etc/shadow",
                        "/hard2",
                        "/tmp");
        assertThat(seen.get("/etc/passwd")).startsWith("100644 0:0 @1500000000 size 8 ");
        assertThat(seen.get("/tmp")).isEqualTo("41777 0:0 @1500000000");
        assertThat(seen.get("/hard2")).contains("size 5");
    }

    void aSecondStepInOneSnapshotSeesWhatTheFirstOneDid() throws Exception {
        List<DiffId> layers = List.of(base());
        try (SnapshotStore.Snapshot snapshot = bench.store.prepare(layers)) {
            bench.mounted(snapshot, root -> Files.writeString(root.resolve("d/first"), "1"));
            bench.mounted(snapshot, root -> {
                assertThat(root.resolve("d/first")).hasContent("1");
                Files.writeString(root.resolve("d/second"), "2");
            });

            assertThat(bench.entries(snapshot.commit())).containsExactly("d/", "d/first", "d/second");
        }
    }

    void aStepThatDoesNothingGivesAnEmptyLayer() throws Exception {
        List<DiffId> layers = List.of(base());
        SortedMap<String, String> before = bench.seen(layers);

        DiffId nothing = bench.run(layers, "true");

        assertThat(bench.entries(nothing)).isEmpty();
        assertThat(bench.seen(List.of(layers.get(0), nothing))).isEqualTo(before);
    }

    void aLayerHoldsWhatChangedAndTheDirectoriesAboveIt() throws Exception {
        DiffId layer = bench.run(
                List.of(base()),
                "echo x > d/sub/new; echo y > d/sub-x; echo z > d/sub0; rm etc/passwd; rm -r bin; chmod 700 etc/shadow");

        assertThat(bench.entries(layer))
                .containsExactly(
                        ".wh.bin",
                        "d/",
                        "d/sub/",
                        "d/sub-x",
                        "d/sub/new",
                        "d/sub0",
                        "etc/",
                        "etc/.wh.passwd",
                        "etc/shadow");
        assertThat(bench.entry(layer, "etc").mode()).isEqualTo(0755);
        assertThat(bench.entry(layer, "etc/shadow").mode()).isEqualTo(0700);
    }

    void whatIsMadeAndRemovedAgainLeavesNoMarker() throws Exception {
        DiffId layer =
                bench.run(List.of(base()), "echo x > t1; mkdir t2; rm t1; rmdir t2; mkdir d/fresh; echo 1 > d/fresh/f");

        assertThat(bench.entries(layer)).containsExactly("d/", "d/fresh/", "d/fresh/f");
    }

    void aDirectoryMadeAnewHidesTheOldOne() throws Exception {
        DiffId base = base();

        DiffId layer = bench.run(List.of(base), "rm -r d; mkdir d; echo n > d/n");

        assertThat(bench.seen(List.of(base, layer)).keySet().stream().filter(name -> name.startsWith("/d")))
                .containsExactly("/d", "/d/n");
        List<String> entries = bench.entries(layer);
        assertThat(entries).startsWith("d/").endsWith("d/n");
        assertThat(entries.contains("d/.wh..wh..opq") || entries.contains("d/.wh.old"))
                .isTrue();
    }

    /** The law of commits, for each script: unpacked anew, the layer is the tree that the step left. */
    void unpackingTheLayerGivesWhatTheStepLeft() throws Exception {
        List<String> scripts = new ArrayList<>(
                List.of(
                        "mkdir -p a/b/c; echo 1 > a/b/c/f; ln -s ../x a/l; mkfifo -m 640 a/p; chmod 2755 a/b; chmod 4711 a/b/c/f",
                        "rm -r d; mkdir d; echo new > d/old; mkdir d/sub",
                        "rm -r d; ln -s etc d; rm etc/passwd; mkdir etc/passwd; touch etc/passwd/f",
                        "mv d moved; mv etc/passwd bin/passwd",
                        "mkdir x; mv d/sub x/sub; mkdir d/sub; echo in > d/sub/in",
                        "echo 1 > h1; ln h1 h2; ln h1 d/h3; chmod 600 hard1; ln bin/tool bin/tool2; ln etc/shadow a-link",
                        "truncate -s 3M sparse; printf x | dd of=sparse bs=1 seek=1000000 conv=notrunc 2>/dev/null",
                        "touch -d @1000000000.5 d/old etc; touch -d @1000000001 d",
                        "printf b > \"$(printf 'bad\\377name')\"; printf s > ' space \\\\back'; printf u > 'ünï'",
                        "chmod 0 etc/shadow; chmod 000 d/sub; chmod 500 tmp",
                        "chmod 711 .; echo r > r",
                        "rm -r bin d etc tmp hard1 hard2",
                        "rm hard1; echo other > hard1; cp -p etc/shadow s2",
                        "i=0; while [ $i -lt 40 ]; do mkdir q$i; echo $i > q$i/f; i=$((i+1)); done; mkdir d-; echo 1 > d-/x; echo 2 > d-x",
                        "dd if=/dev/zero of=zeros bs=64k count=5 2>/dev/null; dd if=/dev/urandom of=noise bs=1000 count=700 2>/dev/null"));
        if (!bench.singleId()) {
            scripts.add("chown -h 5:6 d/old etc/mtab d; echo s > suid; chown 7 suid; chmod 6755 suid; chgrp 9 .");
        }
        for (String script : scripts) {
            List<DiffId> layers = new ArrayList<>(List.of(base()));
            SortedMap<String, String> left = new TreeMap<>();
            try (SnapshotStore.Snapshot snapshot = bench.store.prepare(layers)) {
                bench.mounted(snapshot, root -> {
                    shell(root, script);
                    left.putAll(bench.listing(root));
                });
                layers.add(snapshot.commit());
            }
            assertThat(bench.seen(layers)).as("kept, after: " + script).isEqualTo(left);
            assertThat(bench.store.prune()).isTrue();
            assertThat(bench.seen(layers)).as("unpacked, after: " + script).isEqualTo(left);
        }
    }

    void theNextStepSeesTheLastOnesChange() throws Exception {
        List<DiffId> layers = new ArrayList<>(List.of(base()));
        for (int i = 0; i < 5; i++) {
            layers.add(bench.run(layers, "echo " + i + " >> d/log; rm -f d/mark" + (i - 1) + "; echo m > d/mark" + i));
        }

        SortedMap<String, String> seen = bench.seen(layers);
        assertThat(seen.get("/d/log")).contains("size 10");
        assertThat(seen.keySet().stream().filter(name -> name.contains("mark"))).containsExactly("/d/mark4");
    }

    void oneNameOfAHardLinkIsChangedAlone() throws Exception {
        DiffId base = base();

        DiffId layer = bench.run(List.of(base), "chmod 600 hard1");

        assertThat(bench.entries(layer)).containsExactly("hard1");
        assertThat(bench.seen(List.of(base, layer)).get("/hard2")).startsWith("100644");
    }

    void hardLinksOfTheStepAreHardLinksOfTheLayer() throws Exception {
        DiffId layer = bench.run(List.of(), "mkdir h; echo 1 > h/b; ln h/b h/a; ln h/b z");

        assertThat(bench.entries(layer)).containsExactly("h/", "h/a", "h/b -> h/a", "z -> h/a");
    }

    void socketsAreLeftOut() throws Exception {
        DiffId base = base();
        DiffId layer = bench.run(
                List.of(base),
                "rm d/old; perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local=>$_,Listen=>1) or die for (\"d/old\",\"s\")'");

        assertThat(bench.entries(layer)).containsExactly("d/", "d/.wh.old");
        assertThat(bench.seen(List.of(base, layer))).doesNotContainKeys("/s", "/d/old");
    }

    void xattrsOfProgramsAreKeptAndThoseOfDriversAreNot() throws Exception {
        DiffId base = bench.foreign(
                directory("a").xattr("user.overlay.opaque", "y").xattr("trusted.overlay.opaque", "y"),
                file("a/f", "f").xattr("user.note", "hello").xattr("user.overlay.redirect", "/x"));

        DiffId layer = bench.run(List.of(base), "echo more >> a/f");

        assertThat(bench.seen(List.of(base)).get("/a/f")).endsWith(" user.note=68656c6c6f");
        assertThat(bench.entry(layer, "a/f").xattrs()).containsOnlyKeys("user.note");
        assertThat(bench.entry(layer, "a").xattrs()).isEmpty();
    }

    void aForeignLayerCannotLeaveItsDirectory() throws Exception {
        Path outside = Files.createTempDirectory("outside");
        String inside = outside.toString().substring(1);
        DiffId hostile = bench.foreign(
                symlink("out", outside.toString()),
                directory(inside),
                file("out/planted", "x"),
                symlink("up", "../../../../../../../../../" + inside),
                file("up/planted2", "x"),
                device("null0", 0, 0));
        DiffId dangling = bench.foreign(symlink("out", outside + "/missing"), file("out/planted", "x"));

        SortedMap<String, String> seen = bench.seen(List.of(hostile));

        assertThat(seen)
                .containsKeys(outside + "/planted", outside + "/planted2")
                .doesNotContainKey("/null0");
        assertThatThrownBy(() -> bench.seen(List.of(dangling)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("\"out\"");
        assertThat(outside).isEmptyDirectory();
        Files.delete(outside);
    }

    void aHardLinkOfAForeignLayerCannotNameAFileOutside() throws Exception {
        Path outside = Files.createTempDirectory("outside");
        Files.writeString(outside.resolve("secret"), "of the host");
        DiffId bySymlink = bench.foreign(symlink("out", outside.toString()), hardLink("stolen", "out/secret"));
        DiffId byDots = bench.foreign(
                directory("d"),
                symlink("d/up", "../../../../../../../../.." + outside),
                hardLink("stolen", "d/up/secret"));

        for (DiffId hostile : List.of(bySymlink, byDots)) {
            assertThatThrownBy(() -> bench.seen(List.of(hostile)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not a directory");
        }
        assertThat((Integer) Files.getAttribute(outside.resolve("secret"), "unix:nlink"))
                .isEqualTo(1);
        Files.delete(outside.resolve("secret"));
        Files.delete(outside);
    }

    void xattrsOfAForeignLayerHideNothing() throws Exception {
        DiffId foreign = bench.foreign(
                directory("d")
                        .xattr("user.overlay.opaque", "y")
                        .xattr("trusted.overlay.opaque", "y")
                        .xattr("user.fuseoverlayfs.opaque", "y"),
                file("d/own", "own\n"),
                device("hard1", 0, 0));

        assertThat(bench.seen(List.of(base(), foreign)))
                .containsKeys("/d/own", "/d/old", "/d/sub/deep", "/hard1", "/hard2");
    }

    void parentsThatALayerLacksAreThoseOfTheStack() throws Exception {
        DiffId below = bench.layer(
                directory("usr"),
                directory("usr/bin").mode(0711),
                symlink("bin", "usr/bin"),
                directory("private").mode(0700));
        DiffId implicit = bench.foreign(file("private/key", "k"), file("bin/prog", "p"), file("new/x", "x"));

        SortedMap<String, String> seen = bench.seen(List.of(below, implicit));

        assertThat(seen.get("/private")).isEqualTo("40700 0:0 @1500000000");
        assertThat(seen.get("/usr/bin")).isEqualTo("40711 0:0 @1500000000");
        assertThat(seen.get("/bin")).endsWith("-> usr/bin");
        assertThat(seen).containsKeys("/private/key", "/usr/bin/prog", "/new/x");
    }

    void aHardLinkIntoALowerLayerIsResolvedThere() throws Exception {
        DiffId foreign = bench.foreign(hardLink("third", "hard1"), file(".wh.hard1", ""));

        SortedMap<String, String> seen = bench.seen(List.of(base(), foreign));

        assertThat(seen.get("/third")).startsWith("100644").contains("size 5");
        assertThat(seen).doesNotContainKey("/hard1").containsKey("/hard2");
    }

    void markersMeanTheLayersBelowWhereverTheyStand() throws Exception {
        DiffId foreign = bench.foreign(
                directory("d"),
                file("d/own", "own\n"),
                file("d/.wh..wh..opq", ""),
                file(".wh.etc", ""),
                directory("etc"),
                file("etc/mine", "m"),
                file("bin", "file"),
                file(".wh.bin", ""));

        assertThat(bench.seen(List.of(base(), foreign)).keySet())
                .containsExactly("", "/bin", "/d", "/d/own", "/etc", "/etc/mine", "/hard1", "/hard2", "/tmp");
    }

    void theRootDirectoryIsThatOfTheLayers() throws Exception {
        DiffId root = bench.layer(directory("").mode(0711), file("f", "f"));
        DiffId more = bench.layer(file("g", "g"));

        assertThat(bench.seen(List.of(root, more)).get("")).startsWith("40711 0:0");
        assertThat(bench.entries(bench.run(List.of(root, more), "echo h > h"))).containsExactly("h");
        assertThat(bench.entries(bench.run(List.of(root, more), "chmod 755 ."))).containsExactly("/");
    }

    void aSnapshotThatIsNotCommittedLeavesNothing() throws Exception {
        DiffId base = base();
        bench.seen(List.of(base));
        List<String> before = directories();

        try (SnapshotStore.Snapshot snapshot = bench.store.prepare(List.of(base))) {
            bench.mounted(snapshot, root -> shell(root, "mkdir -p a/b; echo > a/b/c; chmod 0 a; rm -r d"));
        }

        assertThat(directories()).isEqualTo(before);
    }

    private List<String> directories() throws IOException {
        List<String> names = new ArrayList<>();
        for (String part : List.of("l", "w", "names", "trash")) {
            try (var children = Files.list(bench.folder().resolve(part))) {
                children.forEach(child -> names.add(part + "/" + child.getFileName()));
            }
        }
        names.sort(null);
        return names;
    }

    void whatADeadWorkerLeftIsSweptByTheNext() throws Exception {
        DiffId base = base();
        bench.seen(List.of(base));
        List<String> before = directories();
        for (String left : List.of("l/zz/half", "w/zz/work", "l/zy")) {
            Files.createDirectories(bench.folder().resolve(left));
        }
        Files.writeString(bench.folder().resolve("names/diff-00"), "zy of-another-boot\n");

        bench.reopen();
        for (int i = 0; i < 200 && !directories().equals(before); i++) {
            Thread.sleep(10); // the trash is emptied in the background
        }

        assertThat(directories()).isEqualTo(before);
        assertThat(bench.seen(List.of(base))).containsKey("/d/old");
    }

    void aStoreThatAnotherHasOpenIsNeitherSweptNorPruned() throws Exception {
        DiffId base = base();
        SnapshotStore.Snapshot active = bench.store.prepare(List.of(base));
        SnapshotStore other = bench.another();

        assertThat(other.prune()).isFalse();
        bench.mounted(active, root -> shell(root, "echo still > here"));
        assertThat(bench.entries(active.commit())).containsExactly("here");
        active.close();
        other.close();
        assertThat(bench.store.prune()).isTrue();
        assertThat(directories()).isEmpty();
    }

    void manyThreadsUnpackOnce() throws Exception {
        DiffId base = base();
        DiffId second = owned();
        List<DiffId> layers = bench.singleId() ? List.of(base) : List.of(base, second);
        ExecutorService pool = Executors.newFixedThreadPool(6);
        List<Future<DiffId>> results = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String number = String.valueOf(i);
            results.add(pool.submit(() -> bench.run(layers, "test -f d/sub/deep; echo " + number + " > n")));
        }
        for (Future<DiffId> result : results) {
            assertThat(bench.entries(result.get())).containsExactly("n");
        }
        pool.shutdown();
    }

    void whatOtherThreadsHandToTheirChildrenStaysOpenForThem() throws Exception {
        DiffId base = base();
        Path file = Files.writeString(bench.folder().resolve("handed-on"), "");
        try (FileInputStream inherited = new FileInputStream(file.toFile())) { // opened without close-on-exec
            String before = openingFlags(file);
            bench.run(List.of(base), "echo x > n");

            assertThat(openingFlags(file)).isEqualTo(before);
            assertThat(inherited.available()).isZero();
        }
    }

    /** What the kernel says of this process's descriptor of a file: in octal, with O_CLOEXEC if it has that mark. */
    private static String openingFlags(Path file) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.exists(descriptor) && Files.isSameFile(descriptor, file)) {
                    return Files.readAllLines(Path.of(
                                    "/proc/self/fdinfo",
                                    descriptor.getFileName().toString()))
                            .get(1);
                }
            }
        }
        throw new AssertionError(file + " is not open");
    }

    void aNameThatOnlyAMarkerMayBearIsRefused() throws Exception {
        assertThatThrownBy(() -> bench.run(List.of(base()), "touch d/.wh.x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("d/.wh.x"); // fuse-overlayfs refuses it to the step itself
    }

    void ownersSurviveChanges() throws Exception {
        DiffId base = owned();

        DiffId changed = bench.run(List.of(base), "echo more >> srv/page; echo n > srv/new; chmod 600 srv/other");

        assertThat(bench.entry(changed, "srv/page").uid()).isEqualTo(33);
        assertThat(bench.entry(changed, "srv/other").gid()).isEqualTo(36);
        assertThat(bench.entry(changed, "srv").gid()).isEqualTo(34);
        assertThat(bench.entry(changed, "srv/new").uid()).isZero();
        DiffId renamed = bench.run(List.of(base), "mv srv/page srv/index; mv srv/other moved");
        assertThat(bench.entry(renamed, "srv/index").uid()).isEqualTo(33);
        assertThat(bench.entry(renamed, "moved").uid()).isEqualTo(35);
    }

    void twoHundredLayersAreOneTree() throws Exception {
        List<DiffId> layers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            layers.add(bench.layer(directory("d"), file("d/f" + i, "x"), file("d/last", "layer " + i)));
        }

        DiffId layer = bench.run(layers, "test \"$(cat d/last)\" = 'layer 199'; ls d | wc -l > count; rm d/f0");

        layers.add(layer);
        assertThat(bench.entries(layer)).containsExactly("count", "d/", "d/.wh.f0");
        assertThat(bench.seen(layers)).hasSize(203);
    }

    void ownersOfSymlinksSurviveChanges() throws Exception {
        DiffId base = bench.layer(
                symlink("kept", "target").owned(33, 34),
                symlink("replaced", "target").owned(33, 34),
                file("f", "f"));

        DiffId layer = bench.run(List.of(base), "touch -h kept; rm replaced; ln -s other replaced");

        if (bench.singleId() || !(bench.store instanceof FuseOverlay)) { // which gives root what it copies up
            assertThat(bench.entry(layer, "kept").uid()).isEqualTo(33);
        }
        assertThat(bench.entry(layer, "replaced").uid()).isZero();
    }

    void ownersThatNoFileCanBearAreToldByTheLayers() throws Exception {
        DiffId lower = bench.layer(
                symlink("kept", "target").owned(33, 34),
                symlink("gone", "target").owned(33, 34),
                symlink("replaced", "target").owned(33, 34),
                symlink("root's", "target"),
                file("f", "f"));
        DiffId upper = bench.layer(file(".wh.gone", ""), file("replaced", ""));

        try (SnapshotStore.Snapshot snapshot = bench.store.prepare(List.of(lower, upper))) {
            assertThat(snapshot.unmarked()).singleElement().satisfies(named -> {
                assertThat(named.path()).asString(UTF_8).isEqualTo("/kept");
                assertThat(named.owner()).isEqualTo("33:34");
            });
        }
    }

    /** Nothing waits in a cache when the step has ended. */
    void whatWasWrittenThroughAMappingIsThere() throws Exception {
        DiffId base = base();
        String python = "import mmap; f = open('etc/passwd', 'r+b'); m = mmap.mmap(f.fileno(), 0); m[0:4] = b'ROOT';"
                + " g = open('new', 'w+b'); g.truncate(3000000); n = mmap.mmap(g.fileno(), 0); n[2999999:] = b'!'; import os;"
                + " os.kill(os.getpid(), 9)";
        DiffId layer = bench.run(
                List.of(base),
                "if command -v python3 >/dev/null; then python3 -c \"" + python + "\" || true; else printf ROOT\\\\n >"
                        + " etc/passwd; truncate -s 2999999 new; printf ! >> new; fi");

        assertThat(bench.told(List.of(base, layer)).get("/etc/passwd"))
                .contains(" size 5 " + Digest.of("ROOT\n".getBytes(UTF_8)).hex().substring(0, 12));
        byte[] expected = new byte[3_000_000];
        expected[2_999_999] = '!';
        assertThat(bench.told(List.of(base, layer)).get("/new"))
                .contains(" size 3000000 " + Digest.of(expected).hex().substring(0, 12));
    }

    void deepTreesAreCommittedAndRemoved() throws Exception {
        String script =
                "i=0; while [ $i -lt 150 ]; do mkdir a-long-name-$i; cd a-long-name-$i; i=$((i+1)); done; echo x > f";
        DiffId base = base();

        DiffId layer = bench.run(List.of(base), script);

        assertThat(bench.entries(layer)).hasSize(151);
        assertThat(bench.entries(bench.run(List.of(base, layer), "rm -r a-long-name-0")))
                .containsExactly(".wh.a-long-name-0");
        assertThat(bench.store.prune()).isTrue();
    }

    void devicesAreMadeByRealRootAndLeftOutByOthers() throws Exception {
        DiffId base = bench.layer(directory("dev"), device("dev/null", 1, 3), file("f", "f"));

        SortedMap<String, String> seen = bench.seen(List.of(base));

        assertThat(seen).containsKey("/f");
        if (seen.containsKey("/dev/null")) {
            assertThat(seen.get("/dev/null")).isEqualTo("20666 0:0 @1500000000 dev 1:3");
            // fuse-overlayfs 1.10 cannot copy a device up: chmod(2) says EIO, rename(2) goes well
            String script = bench.store instanceof FuseOverlay ? "mv dev/null n; mv n dev/null" : "chmod 600 dev/null";
            DiffId layer = bench.run(List.of(base), script);
            assertThat(bench.entry(layer, "dev/null").type()).isEqualTo(EntryType.CHARACTER_DEVICE);
            assertThat(bench.entry(layer, "dev/null").deviceMinor()).isEqualTo(3);
        }
    }
}
