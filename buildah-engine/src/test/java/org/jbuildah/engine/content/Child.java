package org.jbuildah.engine.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jbuildah.engine.api.StoreBroken;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;

/** A second JVM that uses a store; its limits and mounts are its own. */
final class Child {
    private final int exit;
    private final String output;

    private Child(int exit, String output) {
        this.exit = exit;
        this.output = output;
    }

    String output() {
        return output;
    }

    void assumeRan() {
        assumeTrue(exit != 77, "needs user and mount namespaces: " + output.strip());
    }

    static Child run(Path store, String... words) throws IOException, InterruptedException {
        Process process = start(store, words);
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Child(process.exitValue(), output);
    }

    static Process start(Path store, String... words) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String jvm = "exec '" + java + "' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -cp '"
                + System.getProperty("java.class.path") + "' " + Child.class.getName() + " '" + store + "' "
                + String.join(" ", words);
        String namespaces =
                "unshare -m true 2>/dev/null && N='unshare -m' || { unshare -rm true 2>/dev/null && N='unshare -rm';"
                        + " } || { echo no namespaces; exit 77; }; exec $N sh -c '";
        List<String> command = new ArrayList<>(List.of("sh", "-c"));
        switch (words[0]) {
            case "readonly" ->
                command.add(namespaces + "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" || exit 77; "
                        + jvm.replace("'", "\"") + "' '" + store + "'");
            case "full" ->
                command.add(namespaces + "mount -t tmpfs -o size=1m none \"$0\" || exit 77; " + jvm.replace("'", "\"")
                        + "' '" + store + "'");
            case "limit" -> command.add("ulimit -f 2000; " + jvm);
            default -> command.add(jvm);
        }
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    public static void main(String[] args) throws Exception {
        Path root = Path.of(args[0]);
        switch (args[1]) {
            case "readonly" -> readThenWrite(root, Digest.parse(args[2]));
            case "limit", "full" -> writeMuch(root);
            case "hold" -> hold(root.resolve(args[2]));
            case "die" -> die(root);
            case "tag" -> tag(root, args[2]);
            default -> throw new IllegalArgumentException(args[1]);
        }
    }

    private static void readThenWrite(Path root, Digest blob) throws IOException {
        try (ContentStore store = ContentStore.open(root)) {
            System.out.println("read " + new String(store.read(blob), UTF_8));
            store.put("x", new byte[1]);
        } catch (StoreBroken e) {
            System.out.println(e.letter());
        }
    }

    private static void writeMuch(Path root) throws IOException {
        try (ContentStore store = ContentStore.open(root)) {
            try (BlobWriter blob = store.newBlob()) {
                byte[] some = new byte[1 << 20];
                some[0] = 1;
                java.util.Arrays.fill(some, (byte) 'x');
                for (int i = 0; i < 4; i++) {
                    blob.write(some);
                }
                blob.commit("x");
            } catch (StoreBroken e) {
                System.out.println(e.letter());
            }
            try (var files = Files.walk(root.resolve("tmp"))) {
                files.filter(Files::isRegularFile).forEach(file -> System.out.println("left: " + file.getFileName()));
            }
        }
    }

    @SuppressWarnings("ResultOfMethodCallIgnored") // the end of input is the signal
    private static void hold(Path file) throws IOException {
        StoreLock lock = StoreLock.acquire(file);
        try (lock;
                InputStream in = System.in) {
            System.out.println("held");
            in.read();
        }
    }

    private static void die(Path root) throws IOException {
        ContentStore store = ContentStore.open(root);
        BlobWriter blob = store.newBlob();
        blob.write(new byte[100_000]);
        store.scratch();
        Runtime.getRuntime().halt(9);
    }

    private static void tag(Path root, String prefix) throws IOException {
        try (ContentStore store = ContentStore.open(root)) {
            for (int i = 0; i < 20; i++) {
                Descriptor blob = store.put("x", (prefix + i).getBytes(UTF_8));
                store.tags().tag("localhost/" + prefix + ":" + i, blob);
            }
        }
    }
}
