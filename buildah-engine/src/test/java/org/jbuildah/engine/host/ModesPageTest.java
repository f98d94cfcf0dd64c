package org.jbuildah.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manual's page of modes has a row for each obstacle, and for nothing else. */
class ModesPageTest {
    private static final Path PAGE = Path.of("../src/site/markdown/modes.md");
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Z_]+)`");

    private static Stream<String> rows() throws IOException {
        String page = Files.readString(PAGE);
        return page.substring(page.indexOf("| obstacle |")).lines().skip(2).takeWhile(row -> row.startsWith("|"));
    }

    @Test
    void theTableNamesEachObstacle() throws IOException {
        List<String> names = rows().map(row -> row.split("\\|", -1)[1])
                .flatMap(cell -> NAME.matcher(cell).results())
                .map(match -> match.group(1))
                .toList();

        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Obstacle.Kind.values()).map(Enum::name).toList());
    }

    @Test
    void theSeedsRemediesAreThere() throws IOException {
        String table = String.join("\n", rows().toList()).replace("\\|", "|");

        assertThat(table)
                .contains("echo 'user.max_user_namespaces = 15000' | sudo tee -a /etc/sysctl.conf ; sudo sysctl -p")
                .contains(
                        "echo 'kernel.unprivileged_userns_clone = 1' | sudo tee -a /etc/sysctl.conf ; sudo sysctl -p");
    }
}
