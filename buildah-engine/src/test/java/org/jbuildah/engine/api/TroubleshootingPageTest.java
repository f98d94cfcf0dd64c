package org.jbuildah.engine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The manual's page has a paragraph for each code, and for nothing else; and each code is one that a user can meet. */
class TroubleshootingPageTest {
    private static final Path PAGE = Path.of("../src/site/markdown/troubleshooting.md");

    private static final Pattern ANCHOR = Pattern.compile("^### <a id=\"(\\w+)\"></a>(\\w+)$", Pattern.MULTILINE);

    @Test
    void anchorsAreTheCodes() throws IOException {
        List<String> codes = Arrays.stream(FailureCode.values()).map(Enum::name).toList();

        assertThat(anchors().map(anchor -> anchor.group(1))).containsExactlyInAnyOrderElementsOf(codes);
        assertThat(anchors()).allSatisfy(anchor -> assertThat(anchor.group(2)).isEqualTo(anchor.group(1)));
    }

    @ParameterizedTest
    @EnumSource
    void aParagraphShowsALetterWithItsCodeAndSaysWhatToDo(FailureCode code) throws IOException {
        String page = Files.readString(PAGE);
        String behindAnchor = page.substring(page.indexOf("</a>" + code.name() + "\n"));
        String paragraph = behindAnchor.substring(0, behindAnchor.indexOf("\n##"));

        assertThat(paragraph)
                .matches(Pattern.compile(
                        "</a>\\w+\n\n\\S.*\n\n```\n.*\\[" + code + "].*\n```\n\nTo mend it: \\S.*", Pattern.DOTALL));
    }

    @Test
    void everyCodeIsRaisedSomewhere() {
        JavaClasses engine = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.jbuildah.engine");

        List<String> raised = engine.get(FailureCode.class).getFieldAccessesToSelf().stream()
                .filter(access -> !access.getOriginOwner().isEquivalentTo(FailureCode.class))
                .map(JavaFieldAccess::getName)
                .toList();

        assertThat(raised)
                .containsAll(Arrays.stream(FailureCode.values()).map(Enum::name).toList());
    }

    private static Stream<MatchResult> anchors() throws IOException {
        return ANCHOR.matcher(Files.readString(PAGE)).results();
    }
}
