package org.jbuildah.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jbuildah.engine.dockerfile.MountOptions;
import org.junit.jupiter.api.Test;

/** The manual's table of mounts has the types and options that there are, each where it may stand. */
class MountPageTest {
    private static final Path PAGE = Path.of("../src/site/markdown/dockerfile-support.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|[^|]*\\|([^|]*)\\|$");
    private static final Pattern CODE = Pattern.compile("`([a-z]+)[^`]*`");
    private static final Set<String> OF_SHARING = Set.of("shared", "private", "locked");
    private static final Map<String, String> VALUES = Map.of(
            "ro",
            "true",
            "readonly",
            "true",
            "rw",
            "true",
            "readwrite",
            "true",
            "required",
            "true",
            "size",
            "1m",
            "sharing",
            "locked",
            "mode",
            "0400",
            "uid",
            "1");

    @Test
    void typesAreThoseThatThereAre() throws IOException {
        List<String> types =
                Arrays.stream(MountFlag.Type.values()).map(MountFlag.Type::word).toList();

        assertThat(listed().keySet()).containsExactlyInAnyOrderElementsOf(types);
    }

    @Test
    void optionsAreThoseThatThereAre() throws IOException {
        Set<String> all = listed().values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        all.addAll(List.of("type", "target", "dst", "destination"));

        assertThat(all).containsExactlyInAnyOrderElementsOf(MountFlag.KEYS);
    }

    @Test
    void anOptionMayStandWhereItIsListed() throws IOException {
        listed().forEach((type, options) -> options.forEach(option -> {
            boolean named =
                    option.equals("id") || option.equals("source") || option.equals("src") || !type.equals("secret");
            String flag = "type=" + type + ",target=/t," + (named ? "" : "id=s,") + option + "="
                    + VALUES.getOrDefault(option, "1");
            assertThatCode(() -> MountFlag.parse(MountOptions.parse(flag), UnaryOperator.identity()))
                    .as(flag)
                    .doesNotThrowAnyException();
        }));
    }

    private static Map<String, Set<String>> listed() throws IOException {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf("## Mounts"), page.indexOf("## Variables"));
        Map<String, Set<String>> options = new TreeMap<>();
        for (MatchResult row : ROW.matcher(section).results().toList()) {
            Set<String> words = new TreeSet<>();
            CODE.matcher(row.group(2)).results().forEach(code -> words.add(code.group(1)));
            words.removeAll(OF_SHARING);
            options.put(row.group(1), words);
        }
        return options;
    }
}
