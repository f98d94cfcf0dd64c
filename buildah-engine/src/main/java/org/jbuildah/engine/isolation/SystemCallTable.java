package org.jbuildah.engine.isolation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jbuildah.engine.api.Capability;

/**
 * Names and numbers of system calls, by {@link Abi}: the rows of {@code system-calls.tsv}, and those of {@code capability-calls.tsv} that
 * belong to a capability of a set.
 */
final class SystemCallTable {
    private final Map<Abi, Map<String, Integer>> numbers = new EnumMap<>(Abi.class);

    private SystemCallTable() {
        for (Abi abi : Abi.values()) {
            numbers.put(abi, new TreeMap<>());
        }
    }

    static SystemCallTable read(Set<Capability> capabilities) throws IOException {
        SystemCallTable table = new SystemCallTable();
        rows("system-calls.tsv").forEach(line -> table.row(line.split("\t", -1)));
        for (String line : rows("capability-calls.tsv")) {
            String[] cells = line.split("\t", 2);
            boolean allowed = Arrays.stream(cells[0].split("\\|", -1))
                    .map(Capability::valueOf)
                    .anyMatch(capabilities::contains);
            if (allowed) {
                table.row(cells[1].split("\t", -1));
            }
        }
        return table;
    }

    private static List<String> rows(String name) throws IOException {
        try (InputStream resource = SystemCallTable.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IOException("the engine's jar lacks isolation/" + name);
            }
            return new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    /** By name, as {@code seccomp_data.nr} has them. */
    Map<String, Integer> of(Abi abi) {
        return numbers.getOrDefault(abi, Map.of());
    }

    private void row(String[] cells) {
        for (Abi abi : Abi.values()) {
            String cell = cells[abi.column()];
            if (!cell.equals("-")) {
                numbers.computeIfAbsent(abi, any -> new TreeMap<>()).put(cells[0], abi.number(Integer.parseInt(cell)));
            }
        }
    }
}
