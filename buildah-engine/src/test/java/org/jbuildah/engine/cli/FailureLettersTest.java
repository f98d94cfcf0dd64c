package org.jbuildah.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the command line says of builds that fail, letter by letter: one folder each, with the context, perhaps a store that is there already, and
 * perhaps another command than {@code build}. The temporary folder is {@code /home/alice} in the messages, the context in it is {@code shop}.
 */
class FailureLettersTest {
    private static final Path CASES = Path.of("src/test/resources/build-failures");
    private static final Path PAGE = Path.of("../src/site/markdown/troubleshooting.md");
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^```\n((?s:.*?)^```$)");
    private static final Pattern CODE = Pattern.compile(" {2}\\[([A-Z_]+)]$", Pattern.MULTILINE);

    @TempDir
    private Path home;

    static Stream<Path> cases() throws IOException {
        try (Stream<Path> cases = Files.list(CASES)) {
            return cases.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void areAsTheManualPromises(Path folder) throws IOException {
        copy(folder.resolve("context"), home.resolve("shop"));
        copy(folder.resolve("store"), home.resolve("store"));
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        int code = Cli.run(words(folder), console(said));

        String all = said.toString(StandardCharsets.UTF_8)
                .replace(home.toString(), "/home/alice")
                .replaceAll("sha256:[0-9a-f]{64}", "sha256:…");
        String message = message(folder);
        assertThat(all).endsWith(message).doesNotContain("\tat ", "Exception");
        assertThat(all.substring(0, all.length() - message.length())).doesNotContain("[" + code(message) + "]");
        assertThat(code).isEqualTo(isOfTheCommandLine(folder) ? 2 : 1);
    }

    /** Examples of codes that no case here has are made on machines that cannot be had in a test. */
    @Test
    void theManualShowsLettersAsTheyArePrinted() throws IOException {
        List<String> messages = new ArrayList<>();
        for (Path folder : cases().toList()) {
            messages.add(message(folder));
        }
        List<String> codes = messages.stream().map(FailureLettersTest::code).toList();

        Matcher example = EXAMPLE.matcher(Files.readString(PAGE));
        while (example.find()) {
            String letter = example.group(1).replaceFirst("```$", "");
            if (codes.contains(code(letter))) {
                assertThat(messages).contains(letter);
            }
        }
    }

    private static String code(String letter) {
        Matcher code = CODE.matcher(letter);
        assertThat(code.find()).as(letter).isTrue();
        return code.group(1);
    }

    private static String message(Path folder) throws IOException {
        return Files.readString(folder.resolve("message.txt"));
    }

    private static boolean isOfTheCommandLine(Path folder) throws IOException {
        return message(folder).contains("Try 'jbuildah");
    }

    private String[] words(Path folder) throws IOException {
        Path command = folder.resolve("command.txt");
        String line = Files.exists(command) ? Files.readString(command).strip() : "build {context}";
        List<String> words = new ArrayList<>(List.of(
                line.replace("{context}", home.resolve("shop").toString()).split(" ")));
        if (!words.contains("--root")) {
            words.addAll(0, List.of("--root", home.resolve("store").toString()));
        }
        return words.toArray(String[]::new);
    }

    private Cli.Console console(ByteArrayOutputStream err) {
        return new Cli.Console(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of("HOME", home.toString()));
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
