package org.jbuildah.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;

class ChallengeTest {
    private static final Challenge HUB = new Challenge(
            "bearer",
            Map.of(
                    "realm",
                    "https://auth.docker.io/token",
                    "service",
                    "registry.docker.io",
                    "scope",
                    "repository:library/debian:pull,push"));

    private static List<Challenge> parse(String... lines) {
        return Challenge.parse(List.of(lines));
    }

    @Test
    void theUsualFormIsRead() {
        assertThat(parse("Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\","
                        + "scope=\"repository:library/debian:pull,push\""))
                .containsExactly(HUB);
    }

    @Test
    void orderBlanksAndCaseDoNotMatter() {
        assertThat(parse("bEARER  scope = \"repository:library/debian:pull,push\" ,\tSERVICE=registry.docker.io, ,"
                        + " Realm=\"https://auth.docker.io/token\""))
                .containsExactly(HUB);
    }

    @Test
    void severalChallengesShareALine() {
        assertThat(parse("Negotiate abc==, Basic realm=\"a, \\\"b\\\"\", Bearer realm=x,service=y"))
                .containsExactly(
                        new Challenge("negotiate", Map.of()),
                        new Challenge("basic", Map.of("realm", "a, \"b\"")),
                        new Challenge("bearer", Map.of("realm", "x", "service", "y")));
    }

    @Test
    void severalLinesAreReadInOrder() {
        assertThat(parse("Negotiate", "Basic realm=r"))
                .containsExactly(new Challenge("negotiate", Map.of()), new Challenge("basic", Map.of("realm", "r")));
    }

    @Test
    void nonsenseEndsInNothing() {
        assertThat(parse("", "=", "\"", ",,,")).isEmpty();
        assertThat(parse("Basic realm=\"open")).containsExactly(new Challenge("basic", Map.of("realm", "open")));
    }

    @Property
    void noTextUpsetsIt(@ForAll @CharRange(from = ' ', to = '@') @Chars({'\\', 'a', 'B', '\t'}) String text) {
        assertThat(parse(text)).allMatch(challenge -> !challenge.scheme().isEmpty());
    }

    @Property
    void anyValueSurvivesQuoting(@ForAll String value) {
        String quoted = value.replace("\\", "\\\\").replace("\"", "\\\"");

        assertThat(parse("Bearer realm=\"" + quoted + "\", service=s"))
                .containsExactly(new Challenge("bearer", Map.of("realm", value, "service", "s")));
    }
}
