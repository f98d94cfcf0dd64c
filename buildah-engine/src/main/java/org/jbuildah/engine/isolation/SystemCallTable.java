package org.jbuildah.engine.isolation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of {@code system-calls.tsv}: names and numbers, by {@link Abi}. */
final class SystemCallTable {
    private final Map<Abi, Map<String, Integer>> numbers = new EnumMap<>(Abi.class);

    private SystemCallTable(List<String> lines) {
        for (Abi abi : Abi.values()) {
            numbers.put(abi, new TreeMap<>());
        }
        for (String line : lines) {
            if (!line.startsWith("#")) {
                row(line.split("\t"));
            }
        }
    }

    static SystemCallTable read() throws IOException {
        try (InputStream resource = SystemCallTable.class.getResourceAsStream("system-calls.tsv")) {
            if (resource == null) {
                throw new IOException("the engine's jar lacks isolation/system-calls.tsv");
            }
            return new SystemCallTable(new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))
                    .lines()
                    .toList());
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
