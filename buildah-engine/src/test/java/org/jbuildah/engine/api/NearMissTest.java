package org.jbuildah.engine.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearMissTest {
    private static final List<String> KNOWN =
            List.of("RUN", "COPY", "FROM", "--root", "--tag", "builder", "tmpfs", "a");

    @ParameterizedTest
    @CsvSource({
        "RNU,RUN",
        "ru,RUN",
        "CPOY,COPY",
        "form,FROM",
        "--rot,--root",
        "--tga,--tag",
        "buidlr,builder",
        "tmp,tmpfs"
    })
    void isTheWordThatAFewTypingErrorsChanged(String typed, String meant) {
        assertThat(NearMiss.of(typed, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"--foo", "b", "cp", "env", "buildersss"})
    void isNoneWhereHalfOfTheWordIsAnother(String typed) {
        assertThat(NearMiss.of(typed, KNOWN)).isEmpty();
    }

    @Test
    void isTheFirstOfEquallyNearOnes() {
        assertThat(NearMiss.of("tast", List.of("test", "task"))).contains("test");
    }
}
