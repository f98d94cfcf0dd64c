package org.jbuildah.engine.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.SourceText;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ParserTablesTest {
    @TestFactory
    Stream<DynamicTest> readsTheReferenceParsersOwnTestFiles() throws IOException {
        return ConformanceTable.named("parser")
                .tests(row -> row.get("name").getAsString(), row -> assertThat(dump(read(row)))
                        .isEqualTo(row.get("expected").getAsString().stripTrailing()));
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatTheReferenceParserRefuses() throws IOException {
        return ConformanceTable.named("parser-negative")
                .tests(row -> row.get("name").getAsString(), row -> assertThatExceptionOfType(DockerfileInvalid.class)
                        .isThrownBy(() -> DockerfileParser.parse(source(row))));
    }

    @TestFactory
    Stream<DynamicTest> findsTheLinesOfInstructions() throws IOException {
        return ConformanceTable.named("parser-lines")
                .tests(row -> row.get("name").getAsString(), row -> {
                    List<List<Integer>> expected = new ArrayList<>();
                    row.getAsJsonArray("expected_lines")
                            .forEach(lines -> expected.add(List.of(
                                    lines.getAsJsonArray().get(0).getAsInt(),
                                    lines.getAsJsonArray().get(1).getAsInt())));
                    assertThat(read(row))
                            .extracting(node -> List.of(node.firstLine(), node.lastLine()))
                            .isEqualTo(expected);
                });
    }

    @TestFactory
    Stream<DynamicTest> tellsJsonFormFromText() throws IOException {
        return ConformanceTable.named("json-form").tests(row -> row.get("input").getAsString(), row -> {
            String input = row.get("input").getAsString();
            if (row.get("valid").getAsBoolean()) {
                assertThat(JsonForm.read(input)).contains(ConformanceTable.strings(row.getAsJsonArray("expected")));
            } else {
                assertThatExceptionOfType(DockerfileInvalid.class).isThrownBy(() -> JsonForm.read(input));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> readsEveryDockerfileOfTheCorpus() throws IOException {
        return ConformanceTable.named("parser-trees")
                .tests(row -> row.get("name").getAsString(), row -> {
                    if (row.has("error")) {
                        assertThatExceptionOfType(DockerfileInvalid.class).isThrownBy(() -> read(row));
                        return;
                    }
                    LogicalLines.Read read = LogicalLines.read(source(row));
                    assertThat(read.nodes().stream()
                                    .map(ParserTablesTest::describe)
                                    .toList())
                            .isEqualTo(expectedNodes(row.getAsJsonArray("nodes")));
                    assertThat(read.directives().escape())
                            .isEqualTo(row.get("escape").getAsString().charAt(0));
                    if (row.has("instruction_error")) {
                        assertThatExceptionOfType(DockerfileInvalid.class)
                                .isThrownBy(() -> DockerfileParser.parse(source(row)));
                    } else {
                        DockerfileParser.parse(source(row));
                    }
                });
    }

    private static SourceText source(JsonObject row) {
        return SourceText.of("Dockerfile", row.get("input").getAsString());
    }

    private static List<Node> read(JsonObject row) {
        return LogicalLines.read(source(row)).nodes();
    }

    /** What a row says of a node and what we read, in one form. */
    private record Description(
            String keyword,
            List<String> flags,
            boolean json,
            List<String> arguments,
            List<Heredoc> heredocs,
            int first,
            int last) {}

    private static Description describe(Node node) {
        return new Description(
                node.keyword().toLowerCase(Locale.ROOT),
                node.flags(),
                node.json(),
                arguments(node),
                node.heredocs().stream()
                        .map(heredoc ->
                                new Heredoc(heredoc.name(), 0, heredoc.expand(), heredoc.chomp(), heredoc.content()))
                        .toList(),
                node.firstLine(),
                node.lastLine());
    }

    /** An unknown keyword has one empty argument in the table, and an instruction within another stands in parentheses. */
    private static List<String> arguments(Node node) {
        Node trigger = node.trigger();
        if (trigger != null) {
            String inner = trigger.trigger() == null ? String.join(" ", trigger.arguments()) : "";
            return List.of("(" + trigger.keyword().toLowerCase(Locale.ROOT) + " " + inner + ")");
        }
        return Keyword.of(node.keyword()).isPresent() ? node.arguments() : List.of("");
    }

    private static List<Description> expectedNodes(JsonArray rows) {
        List<Description> nodes = new ArrayList<>();
        rows.forEach(element -> {
            JsonObject row = element.getAsJsonObject();
            nodes.add(new Description(
                    row.get("keyword").getAsString(),
                    strings(row, "flags"),
                    row.has("json") && row.get("json").getAsBoolean(),
                    strings(row, "args"),
                    heredocs(row),
                    row.get("start_line").getAsInt(),
                    row.get("end_line").getAsInt()));
        });
        return nodes;
    }

    private static List<String> strings(JsonObject row, String field) {
        return row.has(field) ? ConformanceTable.strings(row.getAsJsonArray(field)) : List.of();
    }

    private static List<Heredoc> heredocs(JsonObject node) {
        List<Heredoc> heredocs = new ArrayList<>();
        if (node.has("heredocs")) {
            node.getAsJsonArray("heredocs").forEach(element -> {
                JsonObject row = element.getAsJsonObject();
                heredocs.add(new Heredoc(
                        row.get("name").getAsString(),
                        0,
                        row.get("expand").getAsBoolean(),
                        row.get("strip_tabs").getAsBoolean(),
                        row.get("content").getAsString()));
            });
        }
        return heredocs;
    }

    /** The form of the reference parser's own dumps. */
    private static String dump(List<Node> nodes) {
        return nodes.stream().map(node -> "(" + dump(node) + ")").collect(Collectors.joining("\n"));
    }

    private static String dump(Node node) {
        StringBuilder text = new StringBuilder(node.keyword().toLowerCase(Locale.ROOT));
        if (!node.flags().isEmpty()) {
            text.append(
                    node.flags().stream().map(ParserTablesTest::quoted).collect(Collectors.joining(" ", " [", "]")));
        }
        Node trigger = node.trigger();
        if (trigger != null) {
            text.append(" (").append(dump(trigger)).append(")");
        }
        node.arguments().forEach(argument -> text.append(' ').append(quoted(argument)));
        return text.toString();
    }

    private static String quoted(String value) {
        StringBuilder text = new StringBuilder("\"");
        value.codePoints().forEach(character -> {
            switch (character) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                case 0 -> text.append("\\x00");
                default -> text.appendCodePoint(character);
            }
        });
        return text.append('"').toString();
    }
}
