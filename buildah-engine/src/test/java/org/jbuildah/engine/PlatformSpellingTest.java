package org.jbuildah.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.api.BuildRequest;
import org.jbuildah.engine.api.SourceText;
import org.jbuildah.engine.api.StageOptions;
import org.jbuildah.engine.dockerfile.Dockerfile;
import org.jbuildah.engine.dockerfile.DockerfileParser;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.plan.PlanRequest;
import org.jbuildah.engine.plan.Planner;
import org.jbuildah.engine.plan.StageGraph;
import org.jbuildah.engine.progress.BuildEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformSpellingTest {
    @TempDir
    private Path folder;

    private List<String> warnings(String dockerfile, Platform... platforms) throws Exception {
        Path context = Files.createDirectories(folder.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        List<BuildEvent> events = Collections.synchronizedList(new ArrayList<>());
        try (BuildEngine engine = BuildEngine.open(folder.resolve("store"), events::add)) {
            engine.build(BuildRequest.of(context)
                    .stages(StageOptions.DEFAULT.withPlatforms(List.of(platforms)))
                    .build());
        }
        return events.stream()
                .filter(BuildEvent.Warned.class::isInstance)
                .map(event -> ((BuildEvent.Warned) event).text())
                .toList();
    }

    @Test
    void anArchitectureThatIsNearlyKnownIsTakenWithAWarning() throws Exception {
        assertThat(warnings("FROM scratch\nLABEL a=b\n", Platform.parse("linux/amd46")))
                .containsExactly("The platform \"linux/amd46\" has the architecture \"amd46\", which is not known;"
                        + " did you mean amd64?");
        assertThat(warnings("FROM scratch\nLABEL a=b\n", Platform.parse("lniux/amd64")))
                .singleElement()
                .asString()
                .contains("did you mean linux?");
    }

    @Test
    void soIsThatOfABaseImage() {
        Dockerfile dockerfile =
                DockerfileParser.parse(SourceText.of("Dockerfile", "FROM --platform=linux/arm46 busybox\n"));
        StageGraph graph = Planner.plan(dockerfile, PlanRequest.of(Map.of(), null, Platform.parse("linux/amd64")));

        assertThat(PlatformSpelling.warnings(List.of(graph), List.of()))
                .singleElement()
                .asString()
                .contains("\"linux/arm46\"", "did you mean arm64?");
    }

    @Test
    void oneThatIsKnownOrFarFromAllIsNoneOfOurBusiness() throws Exception {
        assertThat(warnings(
                        "FROM scratch\nLABEL a=b\n", Platform.parse("linux/arm64"), Platform.parse("linux/sparc64x")))
                .isEmpty();
    }
}
