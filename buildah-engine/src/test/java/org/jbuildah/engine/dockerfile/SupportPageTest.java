package org.jbuildah.engine.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The manual lists what the parser knows, and nothing else. */
class SupportPageTest {
    @Test
    void instructionsAreThoseOfTheParser() throws IOException {
        Set<String> listed = SupportTable.read().rows().stream()
                .map(SupportTable.Row::instruction)
                .collect(Collectors.toSet());

        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Keyword.values()).map(Keyword::name).toList());
    }

    @ParameterizedTest
    @EnumSource
    void flagsAreThoseOfTheParser(Keyword keyword) throws IOException {
        List<String> known =
                keyword.flags().stream().map(rule -> "--" + rule.name()).toList();

        assertThat(rows(keyword).filter(SupportTable.Row::isFlag).map(SupportTable.Row::feature))
                .containsExactlyInAnyOrderElementsOf(known);
    }

    @ParameterizedTest
    @EnumSource
    void hereDocumentsAreListedWhereTheParserKnowsThem(Keyword keyword) throws IOException {
        assertThat(rows(keyword).anyMatch(row -> row.feature().equals("here-document")))
                .isEqualTo(keyword.holdsHeredocs());
    }

    private static Stream<SupportTable.Row> rows(Keyword keyword) throws IOException {
        return SupportTable.read().rows().stream()
                .filter(row -> row.instruction().equals(keyword.name()));
    }
}
