package org.jbuildah.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jbuildah.engine.oci.DiffId;

/** What a process sees of stacks that nobody thought of is what their indexes say. */
final class StackScenarios {
    private static final int STACKS = 12;
    private static final int LAYERS = 5;
    private static final List<String> DIRECTORIES = List.of("a", "a/b", "a/b/c", "d", "d-", "d/a");
    private static final List<String> NAMES = List.of("f", "g", "b", "-", ".x", "h");

    private final Bench bench;

    StackScenarios(Bench bench) {
        this.bench = bench;
    }

    void randomStacksAreSeenAsTheirIndexesSay() throws Exception {
        for (int seed = 0; seed < STACKS; seed++) {
            Random random = new Random(seed);
            List<DiffId> layers = new ArrayList<>();
            for (int i = 0; i < LAYERS; i++) {
                layers.add(layer(random, layers));
            }
            SortedMap<String, String> seen = bench.seen(layers);
            seen.remove("");

            assertThat(seen).as("stack " + seed).isEqualTo(bench.told(layers));
        }
    }

    /** With the change of a step on top, once as it was left and once unpacked. */
    void aStepOverARandomStackIsSeenAsItsIndexSays() throws Exception {
        for (int seed = 100; seed < 100 + STACKS / 2; seed++) {
            Random random = new Random(seed);
            List<DiffId> layers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                layers.add(layer(random, layers));
            }
            layers.add(bench.run(layers, script(random)));
            for (String when : List.of("left", "unpacked")) {
                SortedMap<String, String> seen = bench.seen(layers);
                seen.remove("");

                assertThat(seen).as(when + ", stack " + seed).isEqualTo(bench.told(layers));
                assertThat(bench.store.prune()).isTrue();
            }
        }
    }

    private DiffId layer(Random random, List<DiffId> below) throws IOException {
        Set<String> present = bench.told(below).keySet();
        SortedMap<String, Bench.Entry> entries = new TreeMap<>();
        Map<String, String> files = new HashMap<>();
        for (String directory : DIRECTORIES) {
            if (random.nextInt(3) == 0) {
                continue;
            }
            parents(directory + "/x", entries);
            if (random.nextInt(6) == 0) {
                put(Bench.file(directory + "/.wh..wh..opq", ""), entries);
            }
            for (String name : NAMES) {
                entry(random, directory + "/" + name, present, entries, files);
            }
        }
        return bench.layer(entries.values().toArray(new Bench.Entry[0]));
    }

    private void entry(
            Random random,
            String name,
            Set<String> present,
            SortedMap<String, Bench.Entry> entries,
            Map<String, String> files) {
        if (entries.containsKey(name) || DIRECTORIES.contains(name)) {
            return;
        }
        int owner = bench.singleId() ? 0 : random.nextInt(50);
        Bench.Entry entry =
                switch (random.nextInt(9)) {
                    case 0, 1 -> Bench.file(name, "content " + random.nextInt()).owned(owner, 7);
                    case 2 -> Bench.symlink(name, "../" + random.nextInt(9));
                    case 3 ->
                        Bench.directory(name).mode(0700 | random.nextInt(64)).owned(owner, owner);
                    case 4 -> Bench.fifo(name);
                    // of what is there: the kernel shows a removal in a directory that has nothing below it
                    case 5 ->
                        present.contains("/" + name) ? Bench.file(name.replaceFirst("([^/]*)$", ".wh.$1"), "") : null;
                    case 6 -> Bench.file(name, "x").xattr("user.note", name).mode(04755);
                    case 7 ->
                        files.getOrDefault("first", "z").compareTo(name) < 0
                                ? Bench.hardLink(name, files.get("first"))
                                : null;
                    default -> null;
                };
        if (entry != null) {
            put(entry, entries);
            if (entry.head().isFile() && !name.contains(".wh.") && entry.bytes().length > 1) {
                files.putIfAbsent("first", name);
            }
        }
    }

    private static void parents(String name, SortedMap<String, Bench.Entry> entries) {
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            String parent = name.substring(0, slash);
            entries.putIfAbsent(parent, Bench.directory(parent));
        }
    }

    private static void put(Bench.Entry entry, SortedMap<String, Bench.Entry> entries) {
        entries.put(String.valueOf(entry.head().name()), entry);
    }

    private static String script(Random random) {
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            String directory = DIRECTORIES.get(random.nextInt(DIRECTORIES.size()));
            String name = directory + "/" + NAMES.get(random.nextInt(NAMES.size()));
            String command =
                    switch (random.nextInt(6)) {
                        case 0 -> "rm -rf " + name;
                        case 1 -> "rm -rf " + directory + "; mkdir -p " + directory + "; echo " + i + " > " + name;
                        case 2 -> "rm -rf " + name + "; mkdir -p " + name + "/deep";
                        case 3 -> "mkdir -p " + directory + "; rm -rf " + name + "; ln -s " + i + " " + name;
                        case 4 -> "chmod 711 " + name;
                        default -> "mv " + directory + " moved" + i;
                    };
            script.append("{ ").append(command).append("; } 2>/dev/null || :; "); // some of it cannot be
        }
        return script.toString();
    }
}
