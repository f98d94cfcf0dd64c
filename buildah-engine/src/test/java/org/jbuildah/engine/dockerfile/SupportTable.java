package org.jbuildah.engine.dockerfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rows of the table in the manual's page of what a Dockerfile may hold. */
public record SupportTable(List<Row> rows) {
    private static final Path PAGE = Path.of("../src/site/markdown/dockerfile-support.md");
    private static final String HEADER = "| instruction | flag or form | state |";

    /** @param feature {@code --flag}, the name of a form, or empty for the instruction as such */
    public record Row(String instruction, String feature, String state) {
        public boolean isFlag() {
            return feature.startsWith("--");
        }

        /** executed, partly or refused. */
        public String verdict() {
            return state.split("[\\s;:,]", 2)[0];
        }

        @Override
        public String toString() {
            return (instruction + " " + feature).strip();
        }
    }

    public static SupportTable read() throws IOException {
        List<Row> rows = new ArrayList<>();
        String instruction = "";
        boolean inside = false;
        for (String line : Files.readAllLines(PAGE)) {
            inside = line.startsWith(HEADER) || (inside && line.startsWith("|"));
            if (!inside || line.startsWith(HEADER) || line.startsWith("|--")) {
                continue;
            }
            String[] cells = line.split("(?<!\\\\)\\|", -1);
            instruction = cells[1].isBlank() ? instruction : bare(cells[1]);
            rows.add(new Row(instruction, bare(cells[2]), cells[3].strip()));
        }
        return new SupportTable(List.copyOf(rows));
    }

    private static String bare(String cell) {
        return cell.strip().replace("`", "");
    }
}
