package org.jbuildah.engine.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class WordLexerTest {
    private static final Variables WORLD = name -> Optional.of("world").filter(value -> name.equals("W"));

    @TestFactory
    Stream<DynamicTest> expandsOneWordAsTheReferenceDoes() throws IOException {
        ConformanceTable table = ConformanceTable.named("shell-env");
        Variables variables = variables(table.content().getAsJsonArray("env"));
        return table.rows().stream()
                .filter(row -> !row.get("platform").getAsString().equals("windows"))
                .map(row -> DynamicTest.dynamicTest(
                        row.get("input").getAsString(), () -> expectWord(row, new WordLexer('\\'), variables)));
    }

    @TestFactory
    Stream<DynamicTest> expandsSeveralWordsAsTheReferenceDoes() throws IOException {
        return ConformanceTable.named("shell-words")
                .tests(
                        row -> row.get("input").getAsString(),
                        row -> expectWords(row, new WordLexer('\\'), variables(row.getAsJsonArray("env"))));
    }

    @TestFactory
    Stream<DynamicTest> expandsWithModifiersAsTheReferenceDoes() throws IOException {
        ConformanceTable table = ConformanceTable.named("shell-expand");
        Variables variables = variables(table.content().getAsJsonArray("env"));
        return table.tests(
                row -> row.get("mode").getAsString() + " " + row.get("input").getAsString(), row -> {
                    WordLexer lexer = new WordLexer(
                            ConformanceTable.text(row, "escape", "\\").charAt(0));
                    if (row.get("mode").getAsString().equals("words")) {
                        expectWords(row, lexer, variables);
                    } else {
                        expectWord(row, lexer, variables);
                    }
                });
    }

    @Test
    void hereDocumentsKeepTheirQuotes() {
        assertThat(new WordLexer('`').expandKeepingQuotes("say \"$W\" '$W' it's\n", WORLD))
                .isEqualTo("say \"world\" 'world' it's\n");
    }

    @Test
    void hereDocumentsLoseTheirBackslashes() {
        assertThat(new WordLexer('`').expandKeepingQuotes("\\$W \\\\ \\\n`", WORLD))
                .isEqualTo("$W \\ \n`");
    }

    @Test
    void everyMatchIsReplacedButNoEmptyOneBehindAnother() {
        assertThat(new WordLexer('\\').expand("${W//*/X} ${W///-} ${W//o*r/0}", WORLD))
                .isEqualTo("X -w-o-r-l-d- w0ld");
    }

    @Test
    void aReplacementIsTakenLiterally() {
        assertThat(new WordLexer('\\').expand("${W/o/[&1]}", WORLD)).isEqualTo("w[&1]rld");
    }

    @Test
    void aFailureQuotesTheWord() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WordLexer('\\').expand("${X:?give it}", WORLD))
                .withMessage("\"${X:?give it}\" cannot be expanded: X: give it.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WordLexer('\\').expand("a${W", WORLD))
                .withMessage("\"a${W\" cannot be expanded: \"}\" is missing.");
    }

    private static void expectWord(JsonObject row, WordLexer lexer, Variables variables) {
        String input = row.get("input").getAsString();
        if (row.has("error")) {
            assertThatIllegalArgumentException().isThrownBy(() -> lexer.expand(input, variables));
        } else {
            assertThat(lexer.expand(input, variables))
                    .isEqualTo(row.get("expected").getAsString());
        }
    }

    private static void expectWords(JsonObject row, WordLexer lexer, Variables variables) {
        String input = row.get("input").getAsString();
        if (row.has("error")) {
            assertThatIllegalArgumentException().isThrownBy(() -> lexer.expandToWords(input, variables));
        } else {
            assertThat(lexer.expandToWords(input, variables))
                    .isEqualTo(ConformanceTable.strings(row.getAsJsonArray("expected")));
        }
    }

    private static Variables variables(JsonArray assignments) {
        Map<String, String> values = new HashMap<>();
        for (String assignment : ConformanceTable.strings(assignments)) {
            List<String> parts = List.of(assignment.split("=", 2));
            values.put(parts.get(0), parts.get(1));
        }
        return name -> Optional.ofNullable(values.get(name));
    }
}
