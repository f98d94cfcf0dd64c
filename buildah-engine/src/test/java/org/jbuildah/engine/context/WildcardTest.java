package org.jbuildah.engine.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WildcardTest {
    @ParameterizedTest
    @CsvSource({
        "abc, abc, true",
        "*, abc, true",
        "*c, abc, true",
        "a*, a, true",
        "a*, ab/c, false",
        "a*/b, abc/b, true",
        "a*/b, a/c/b, false",
        "a*b*c*d*e*/f, axbxcxdxe/f, true",
        "a*b*c*d*e*/f, axbxcxdxexxx/f, true",
        "a*b*c*d*e*/f, axbxcxdxe/xxx/f, false",
        "a*b?c*x, abxbbxdbxebxczzx, true",
        "a*b?c*x, abxbbxdbxebxczzy, false",
        "ab[c], abc, true",
        "ab[b-d], abc, true",
        "ab[e-g], abc, false",
        "ab[^c], abc, false",
        "ab[^e-g], abc, true",
        "a\\*b, a*b, true",
        "a\\*b, ab, false",
        "a?b, a☺b, true",
        "a[^a]b, a☺b, true",
        "a???b, a☺b, false",
        "[a-ζ]*, α, true",
        "*[a-ζ], A, false",
        "a?b, a/b, false",
        "[\\]a], ], true",
        "[\\-x], -, true",
        "[x\\-], x, true",
        "[x\\-], z, false",
        "*x, xxx, true",
        "[[]0], [0], true",
        ".*, .hidden, true",
        "*, .hidden, true",
    })
    void matchesAsGoDoes(String pattern, String path, boolean matches) {
        assertThat(Wildcard.of(pattern).matches(path)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]a]", "[-]", "[x-]", "[-x]", "[", "[^", "[^bc", "a[", "a\\", "[a-b-c]", "[a", "x[\\", "[a-"})
    void refusesWhatGoRefuses(String pattern) {
        assertThatExceptionOfType(PatternSyntaxException.class).isThrownBy(() -> Wildcard.of(pattern));
    }

    @Test
    void aBackslashDisarmsAWildcard() {
        assertThat(Wildcard.isIn("a\\*b")).isFalse();
        assertThat(Wildcard.isIn("a\\\\*b")).isTrue();
        assertThat(Wildcard.isIn("target/*.jar")).isTrue();
        assertThat(Wildcard.isIn("target/app.jar")).isFalse();
    }
}
