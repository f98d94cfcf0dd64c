package org.jbuildah.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The manual's page names only what the command line has, and every command of it. */
class CommandLinePageTest {
    private static final Path PAGE = Path.of("../src/site/markdown/cli.md");
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\| `(\\w+)");
    private static final Pattern COMMAND_IN_HELP = Pattern.compile("(?m)^ {2}(\\w+)[, ]");
    private static final Pattern OPTION_ROW = Pattern.compile("(?m)^\\| `-.*");
    private static final Pattern OPTION = Pattern.compile("`(--?[a-z-]+)");

    @Test
    void commandsAreThoseOfTheHelp() throws IOException {
        String page = Files.readString(PAGE);
        String table = page.substring(page.indexOf("| command |"), page.indexOf("`DEST` is"));

        assertThat(all(COMMAND, table)).isEqualTo(all(COMMAND_IN_HELP, help("--help")));
    }

    @Test
    void theVersionIsACommandAndAnOption() {
        assertThat(help("--version"))
                .startsWith("jbuildah ")
                .isEqualTo(help("version"))
                .isEqualTo(help("-v"));
    }

    @Test
    void optionsOfBuildAreKnown() throws IOException {
        String rows = String.join("\n", rows(Files.readString(PAGE)));

        assertThat(all(OPTION, rows)).isNotEmpty().allSatisfy(option -> assertThat(help("build", "--help"))
                .contains(option));
    }

    private static Set<String> rows(String page) {
        Set<String> rows = new TreeSet<>();
        OPTION_ROW.matcher(page).results().forEach(row -> rows.add(row.group()));
        return rows;
    }

    private static Set<String> all(Pattern pattern, String text) {
        Set<String> words = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            words.add(matcher.group(1));
        }
        return words;
    }

    private static String help(String... words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        Cli.run(words, new Cli.Console(out, out, Map.of()));
        return said.toString(StandardCharsets.UTF_8);
    }
}
