package org.jbuildah.engine.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.SourceSpan;
import org.jbuildah.engine.layer.EntryName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class IgnoreFileTest {
    @TempDir
    Path context;

    @TestFactory
    Stream<DynamicTest> filesReadAsBuildKitReadsThem() throws IOException {
        return cases("ignore-file.json")
                .map(row -> DynamicTest.dynamicTest(row.get("input").toString(), () -> assertThat(
                                IgnoreFile.cleanedLines(row.get("input").getAsString()))
                        .isEqualTo(strings(row, "expected"))));
    }

    @TestFactory
    Stream<DynamicTest> patternsExcludeWhatBuildKitExcludes() throws IOException {
        List<String> paths = strings(ConformanceTables.table("ignore-patterns.json"), "paths");
        return cases("ignore-patterns.json")
                .map(row -> DynamicTest.dynamicTest(row.get("patterns").toString(), () -> {
                    if (row.has("error")) {
                        assertThatExceptionOfType(PatternSyntaxException.class)
                                .isThrownBy(() -> IgnorePatterns.of(strings(row, "patterns")));
                    } else {
                        IgnorePatterns patterns = IgnorePatterns.of(strings(row, "patterns"));
                        assertThat(paths.stream().filter(path -> patterns.judge(EntryName.of(path))
                                        .excluded()))
                                .containsExactlyInAnyOrderElementsOf(strings(row, "excluded"));
                    }
                }));
    }

    @Test
    void anExceptionWithoutAPathIsRefusedWithItsLine() {
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> IgnoreFile.parse("/ctx/.dockerignore", "# all\n*\n!\n"))
                .satisfies(letter -> {
                    assertThat(letter.code()).isEqualTo(FailureCode.IGNORE_FILE_INVALID);
                    assertThat(letter.letter()).contains("/ctx/.dockerignore:3").contains("> 3 | !");
                });
    }

    @Test
    void aClassThatIsNotClosedIsRefused() {
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> IgnoreFile.parse(".dockerignore", "a[bc\n"))
                .withMessageContaining("\"a[bc\" is not a pattern");
    }

    @Test
    void theLineThatExcludesIsTold() {
        IgnoreFile file = IgnoreFile.parse(".dockerignore", "# build output\ntarget\n\n!target/app.jar\n");

        assertThat(file.excludes(EntryName.of("target/classes/A.class")))
                .map(SourceSpan::firstLine)
                .contains(2);
        assertThat(file.excludes(EntryName.of("target/app.jar"))).isEmpty();
        assertThat(file.excludes(EntryName.of("src"))).isEmpty();
    }

    @Test
    void theDockerfilesOwnIgnoreFileCountsBeforeTheContexts() throws IOException {
        Path dockerfile = context.resolve("sub/My.Dockerfile");
        Files.createDirectory(context.resolve("sub"));
        Files.writeString(context.resolve(".containerignore"), "d");
        assertThat(IgnoreFile.find(context, dockerfile).patterns()).containsExactly("d");
        Files.writeString(context.resolve(".dockerignore"), "c");
        assertThat(IgnoreFile.find(context, dockerfile).patterns()).containsExactly("c");
        Files.writeString(context.resolve("sub/My.Dockerfile.containerignore"), "b");
        assertThat(IgnoreFile.find(context, dockerfile).patterns()).containsExactly("b");
        Files.writeString(context.resolve("sub/My.Dockerfile.dockerignore"), "a");
        assertThat(IgnoreFile.find(context, dockerfile).patterns()).containsExactly("a");
    }

    @Test
    void aDirectoryOfThatNameIsRefused() throws IOException {
        Files.createDirectory(context.resolve(".dockerignore"));

        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> IgnoreFile.find(context, context.resolve("Dockerfile")))
                .withMessageContaining(".dockerignore\" cannot be read");
    }

    @Test
    void withoutAFileNothingIsExcluded() {
        assertThat(IgnoreFile.find(context, context.resolve("Dockerfile")).patterns())
                .isEmpty();
        assertThat(IgnoreFile.none().excludes(EntryName.of("a"))).isEmpty();
    }

    @Test
    void starsInsideAClassKeepTheLibrarysOddity() {
        // the class is not looked into: "[*]" becomes the expression "[[^/]*]"
        assertThat(IgnorePattern.of("[*]").matches("[]")).isTrue();
        assertThat(IgnorePattern.of("[*]").matches("*")).isFalse();
    }

    @Test
    void aPathsOtherLettersAreTakenByTheLetter() {
        assertThat(IgnorePattern.of("a*.t+(x)").matches("abc.t+(x)")).isTrue();
        assertThat(IgnorePattern.of("a*.t").matches("abcXt")).isFalse();
        assertThat(IgnorePattern.of("[&&a]x").matches("&x")).isTrue();
        assertThat(IgnorePattern.of("ü?").matches("üß")).isTrue();
    }

    private static Stream<JsonObject> cases(String table) throws IOException {
        List<JsonObject> rows = new ArrayList<>();
        for (JsonElement row : ConformanceTables.table(table).getAsJsonArray("cases")) {
            rows.add(row.getAsJsonObject());
        }
        return rows.stream();
    }

    private static List<String> strings(JsonObject row, String name) {
        List<String> strings = new ArrayList<>();
        row.getAsJsonArray(name).forEach(element -> strings.add(element.getAsString()));
        return strings;
    }
}
