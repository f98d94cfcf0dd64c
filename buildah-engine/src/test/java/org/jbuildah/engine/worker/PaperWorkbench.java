package org.jbuildah.engine.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.StoreBroken;
import org.jbuildah.engine.api.Terminal;
import org.jbuildah.engine.isolation.Isolation;
import org.jbuildah.engine.isolation.Trees;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.rootfs.AskedOwners;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.MountSpec;
import org.jbuildah.engine.rootfs.OutputSink;
import org.jbuildah.engine.rootfs.ProcessSpec;
import org.jbuildah.engine.snapshot.CacheDirectories;
import org.jbuildah.engine.snapshot.SnapshotStore;

/**
 * A workbench without a kernel: a "process" is a word that says what should happen. {@code echo X}, {@code exit N}, {@code flood N}
 * (that many bytes), {@code sleep}, {@code mirror} (on a terminal: shows its size and what is typed, up to a full stop), {@code fail io|linux|store|fault}, {@code spawn} (a real process that outlives its parent), {@code
 * die}.
 */
final class PaperWorkbench implements Workbench, SnapshotStore, Isolation {
    static final DiffId COMMITTED = new DiffId(Digest.of(new byte[] {1}));

    final List<String> diary = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch sleeping = new CountDownLatch(1);

    @Override
    public WorkerHello open(Greeting.Open settings) throws IOException {
        return new WorkerHello(
                WorkerMessage.PROTOCOL,
                Integer.parseInt(
                        Path.of("/proc/self").toRealPath().getFileName().toString()),
                (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid"),
                Files.readString(Path.of("/proc/self/uid_map")).strip().replaceAll(" +", " "),
                Files.readString(Path.of("/proc/self/gid_map")).strip().replaceAll(" +", " "),
                String.valueOf(System.getProperty("java.version")),
                false,
                "vfs",
                List.of());
    }

    @Override
    public SnapshotStore snapshots() {
        return this;
    }

    @Override
    public CacheDirectories caches() {
        throw new UnsupportedOperationException("no kernel, no directories");
    }

    @Override
    public Isolation isolation() {
        return this;
    }

    @Override
    public String rehearseOverlay() {
        return "mount overlay: EINVAL";
    }

    @Override
    public Snapshot prepare(List<DiffId> layers) {
        diary.add("prepare " + layers.size());
        return new Snapshot() {
            @Override
            public List<AskedOwners.Named> unmarked() {
                return List.of();
            }

            @Override
            public void own(AskedOwners owners) {}

            @Override
            public Path mount() {
                return Path.of("/merged");
            }

            @Override
            public DiffId commit() {
                diary.add("commit");
                return COMMITTED;
            }

            @Override
            public void close() {
                diary.add("close");
            }
        };
    }

    @Override
    public boolean prune(boolean caches) {
        diary.add(caches ? "prune all" : "prune");
        return true;
    }

    @Override
    public boolean prune() {
        return true;
    }

    @Override
    public void close() {
        diary.add("close store");
    }

    @Override
    public ExitStatus run(RootDirectory root, Trees trees, ProcessSpec process, OutputSink output)
            throws IOException, InterruptedException {
        diary.add("run in " + root.mount());
        for (MountSpec mount : process.mounts()) {
            if (mount instanceof MountSpec.OfTree tree) {
                diary.add("tree at " + trees.mount(tree));
            }
        }
        String word = process.arguments().get(0);
        String operand = process.arguments().size() > 1 ? process.arguments().get(1) : "";
        switch (word) {
            case "echo" -> output.output(false, operand.getBytes(StandardCharsets.UTF_8));
            case "complain" -> output.output(true, operand.getBytes(StandardCharsets.UTF_8));
            case "flood" -> flood(Long.parseLong(operand), output);
            case "sleep" -> {
                sleeping.countDown();
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException e) {
                    diary.add("interrupted");
                    throw e;
                }
            }
            case "spawn" -> spawn(output);
            case "die" -> Runtime.getRuntime().halt(7);
            case "fail" -> fail(operand);
            default -> {
                return new ExitStatus.Exited(Integer.parseInt(operand));
            }
        }
        return new ExitStatus.Exited(0);
    }

    @Override
    public ExitStatus run(RootDirectory root, Trees trees, ProcessSpec process, Terminal.Session terminal)
            throws IOException, InterruptedException {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        show(terminal, terminal.size());
        terminal.listen(new Terminal.Listener() {
            @Override
            public void typed(byte[] bytes) {
                heard.add(new String(bytes, StandardCharsets.UTF_8));
            }

            @Override
            public void resized(Terminal.Size size) {
                heard.add(size.toString());
            }
        });
        for (String word = heard.take(); !word.equals("."); word = heard.take()) {
            show(terminal, word);
        }
        return new ExitStatus.Exited(0);
    }

    private static void show(Terminal.Session terminal, Object what) throws IOException {
        terminal.show(what.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void flood(long bytes, OutputSink output) throws IOException {
        byte[] chunk = new byte[65536];
        Arrays.fill(chunk, (byte) 'x');
        for (long left = bytes; left > 0; left -= chunk.length) {
            output.output(false, left < chunk.length ? Arrays.copyOf(chunk, (int) left) : chunk);
            diary.add("chunk");
        }
    }

    private static void spawn(OutputSink output) throws IOException {
        new ProcessBuilder("sleep", "300").start();
        new ProcessBuilder("setsid", "sleep", "300").start();
        output.output(false, "spawned".getBytes(StandardCharsets.UTF_8));
    }

    private static void fail(String how) throws IOException {
        System.err.println("about to fail");
        switch (how) {
            case "io" -> throw new IOException("/store/x: no");
            case "linux" -> throw new LinuxException("pivot_root", "/merged", 22);
            case "store" -> throw new StoreBroken(FailureCode.STORE_FULL, "full", "delete something");
            default -> throw new IllegalStateException("a fault");
        }
    }
}
