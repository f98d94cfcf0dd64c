package org.jbuildah.engine.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jbuildah.engine.oci.ContainerConfig;
import org.jbuildah.engine.oci.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manual's page has a paragraph for each rule, with its sentence, and its examples are what it says they are. */
class ChecksPageTest {
    private static final Path PAGE = Path.of("../src/site/markdown/checks.md");
    private static final Pattern ANCHOR = Pattern.compile("^## <a id=\"(\\w+)\"></a>(\\w+)$", Pattern.MULTILINE);
    private static final Pattern EXAMPLES = Pattern.compile(
            "\n\nBad:\n\n```dockerfile\n(.*?)\n```\n\nGood:\n\n```dockerfile\n(.*?)\n```\n", Pattern.DOTALL);

    @TempDir
    Path context;

    static Stream<Rule> rules() {
        return Rules.ALL.stream();
    }

    @Test
    void anchorsAreTheRulesInTheirOrder() throws IOException {
        List<String> names = new ArrayList<>(rules().map(Rule::name).toList());
        names.add("BuildError");

        List<MatchResult> anchors =
                ANCHOR.matcher(Files.readString(PAGE)).results().toList();

        assertThat(anchors).extracting(anchor -> anchor.group(1)).isEqualTo(names);
        assertThat(anchors).extracting(anchor -> anchor.group(2)).isEqualTo(names);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aParagraphBeginsWithTheRulesSentence(Rule rule) throws IOException {
        assertThat(paragraph(rule)).startsWith("</a>" + rule.name() + "\n\n" + rule.description());
        assertThat(paragraph(rule).contains("Ours.")).isEqualTo(rule.origin() == Rule.Origin.OURS);
        assertThat(paragraph(rule).contains("Experimental:"))
                .isEqualTo(rule.origin() == Rule.Origin.BUILDKIT_EXPERIMENTAL);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theRuleComplainsOfTheBadExampleAndNotOfTheGoodOne(Rule rule) throws IOException {
        Matcher examples = EXAMPLES.matcher(paragraph(rule));
        assertThat(examples.find()).isTrue();

        assertThat(surrounded(rule, examples.group(1), new Platform("linux", "arm64", ""))
                        .linesOf(rule.name()))
                .hasSize(1);
        assertThat(surrounded(rule, examples.group(2), Linted.PLATFORM).linesOf(rule.name()))
                .isEmpty();
    }

    private Linted surrounded(Rule rule, String example, Platform platform) throws IOException {
        Files.createDirectories(context.resolve("target"));
        Files.writeString(context.resolve("target/shop-1.0.jar"), "");
        Files.writeString(context.resolve("target/shop-1.0-sources.jar"), "");
        Linted file = Linted.dockerfile(example).withIgnoreFile("secret\n").withFiles(context);
        return rule instanceof InvalidBaseImagePlatform ? file.inBuildOn(platform, ContainerConfig.EMPTY) : file;
    }

    private static String paragraph(Rule rule) throws IOException {
        String page = Files.readString(PAGE);
        String behind = page.substring(page.indexOf("</a>" + rule.name() + "\n"));
        return behind.substring(0, behind.indexOf("\n## "));
    }
}
