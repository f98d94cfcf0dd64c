package org.jbuildah.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.SourceText;
import org.jbuildah.engine.dockerfile.DockerfileParser;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.plan.Stage.Base;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Platform RISC = new Platform("linux", "riscv64", "");

    private static StageGraph plan(Map<String, String> args, @Nullable String target, String... lines) {
        return Planner.plan(
                DockerfileParser.parse(SourceText.of("Dockerfile", String.join("\n", lines) + "\n")),
                args,
                target,
                RISC);
    }

    private static StageGraph plan(String... lines) {
        return plan(Map.of(), null, lines);
    }

    private static Base baseOf(StageGraph graph, int index) {
        return graph.stages().get(index).base();
    }

    @Nested
    class Bases {
        @Test
        void areExpandedFromArgsBeforeTheFirstFrom() {
            StageGraph graph = plan(
                    Map.of("TAG", "9"),
                    null,
                    "ARG NAME=alpine TAG=1",
                    "ARG IMAGE=${NAME}:${TAG}",
                    "FROM $IMAGE",
                    "ARG NAME=other",
                    "FROM ${NAME}-x:${TAGG:-2}");

            assertThat(baseOf(graph, 0)).isEqualTo(new Base.Image("alpine:9"));
            assertThat(baseOf(graph, 1)).isEqualTo(new Base.Image("alpine-x:2"));
        }

        @Test
        void areEarlierStagesInAnyCase() {
            StageGraph graph = plan("FROM a AS Base", "FROM bASE AS next", "FROM next");

            assertThat(baseOf(graph, 1)).isEqualTo(new Base.EarlierStage(0));
            assertThat(baseOf(graph, 2)).isEqualTo(new Base.EarlierStage(1));
        }

        @Test
        void areTheNearestOfStagesWithOneName() {
            StageGraph graph = plan("FROM x AS a", "FROM a AS b", "FROM y AS a", "FROM a");

            assertThat(baseOf(graph, 1)).isEqualTo(new Base.EarlierStage(0));
            assertThat(baseOf(graph, 3)).isEqualTo(new Base.EarlierStage(2));
        }

        @Test
        void areImagesWhereTheStageComesLaterOrIsTheSame() {
            StageGraph graph = plan("FROM debian AS debian", "FROM later", "FROM scratch AS later");

            assertThat(baseOf(graph, 0)).isEqualTo(new Base.Image("debian"));
            assertThat(baseOf(graph, 1)).isEqualTo(new Base.Image("later"));
            assertThat(baseOf(graph, 2)).isEqualTo(new Base.Scratch());
        }
    }

    @Nested
    class Platforms {
        @Test
        void areTheTargetsUnlessTheFromSaysOtherwise() {
            StageGraph graph = plan(
                    "FROM a",
                    "FROM --platform=$BUILDPLATFORM a AS b",
                    "FROM --platform=linux/aarch64/v8 a",
                    "FROM --platform=arm a",
                    "FROM --platform=linux/s390x b");

            assertThat(graph.stages())
                    .extracting(stage -> stage.platform().toString())
                    .containsExactly(
                            "linux/riscv64",
                            Platform.ofThisMachine().toString(),
                            "linux/arm64",
                            "linux/arm/v7",
                            Platform.ofThisMachine().toString());
        }

        @Test
        void nothingIsOfTheTargetsPlatformWhateverTheFromSays() {
            StageGraph graph = plan("FROM --platform=linux/s390x scratch");

            assertThat(graph.stages().get(0).platform()).hasToString("linux/riscv64");
        }

        @Test
        void areArgumentsOfFromLinesAndOfStagesThatDeclareThem() {
            StageGraph graph = plan(Map.of(), "one", "FROM img-$TARGETARCH AS one", "FROM scratch");
            ArgScope scope = Planner.scopeOf(graph.target(), graph);

            assertThat(baseOf(graph, 0)).isEqualTo(new Base.Image("img-riscv64"));
            assertThat(scope.value("TARGETPLATFORM")).isEmpty();
            assertThat(scope.declare("TARGETPLATFORM", null).value("TARGETPLATFORM"))
                    .contains("linux/riscv64");
            assertThat(scope.declare("TARGETSTAGE", null).value("TARGETSTAGE")).contains("one");
            assertThat(scope.declare("TARGETVARIANT", null).declared()).containsExactly("TARGETVARIANT=");
        }

        @Test
        void canBeGivenLikeOtherArguments() {
            StageGraph graph = plan(Map.of("TARGETARCH", "mine"), null, "FROM img-$TARGETARCH");

            assertThat(baseOf(graph, 0)).isEqualTo(new Base.Image("img-mine"));
        }
    }

    @Nested
    class Targets {
        private final String[] file = {"FROM a AS One", "FROM b", "FROM c AS three"};

        @Test
        void areTheLastStageByDefault() {
            assertThat(plan(file).target().index()).isEqualTo(2);
        }

        @Test
        void areFoundByNameInAnyCaseAndByIndex() {
            assertThat(plan(Map.of(), "ONE", file).target().index()).isZero();
            assertThat(plan(Map.of(), "1", file).target().index()).isEqualTo(1);
        }

        @Test
        void areGuessedWhenMistyped() {
            assertThatExceptionOfType(RequestInvalid.class)
                    .isThrownBy(() -> plan(Map.of(), "tree", file))
                    .withMessage(
                            "The target stage \"tree\" is not defined in Dockerfile; did you mean \"three\" (line 3)?")
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.TARGET_NOT_FOUND))
                    .satisfies(failure ->
                            assertThat(failure.remedy()).isEqualTo("Its stages are one, three, or by number 0 to 2."));
        }
    }

    @Nested
    class NamedContexts {
        private StageGraph planned(PlanRequest request, String... lines) {
            return Planner.plan(
                    DockerfileParser.parse(SourceText.of("Dockerfile", String.join("\n", lines) + "\n")), request);
        }

        private PlanRequest named(String... names) {
            return PlanRequest.of(Map.of(), null, RISC).withContexts(ContextNames.of(List.of(names)));
        }

        @Test
        void countBeforeImagesHoweverTheyAreSpelt() {
            StageGraph graph = planned(
                    named("alpine", "registry.example.org/x:1"),
                    "FROM docker.io/library/alpine:latest",
                    "FROM alpine:3",
                    "FROM registry.example.org/x:1");

            assertThat(baseOf(graph, 0)).isEqualTo(new Base.Context("alpine"));
            assertThat(baseOf(graph, 1)).isEqualTo(new Base.Image("alpine:3"));
            assertThat(baseOf(graph, 2)).isEqualTo(new Base.Context("registry.example.org/x:1"));
        }

        @Test
        void countBeforeStagesAndWhatThoseNeed() {
            StageGraph graph = planned(
                    named("tools"),
                    "FROM a AS deep",
                    "FROM deep AS tools",
                    "COPY --from=deep x y",
                    "FROM tools AS last",
                    "COPY --from=tools x y");

            assertThat(baseOf(graph, 1)).isEqualTo(new Base.Context("tools"));
            assertThat(graph.stages().get(1).instructions()).isEmpty();
            assertThat(graph.needed()).containsExactly(1, 2);
            assertThat(graph.stageNamed("Tools", graph.target())).isEmpty();
            assertThat(graph.stageNamed("1", graph.target())).isPresent();
        }

        @Test
        void doNotRedefineScratch() {
            assertThat(baseOf(planned(named("scratch"), "FROM scratch"), 0)).isEqualTo(new Base.Scratch());
        }

        @Test
        void mayStandInThePlaceOfTheFirstBaseThatTheRequestNames() {
            PlanRequest request = named("other").withFirstBase("other");

            StageGraph graph = planned(request, "ARG X", "FROM $X AS a", "FROM b");

            assertThat(baseOf(graph, 0)).isEqualTo(new Base.Context("other"));
            assertThat(baseOf(graph, 1)).isEqualTo(new Base.Image("b"));
        }
    }

    @Nested
    class Needs {
        @Test
        void areEverythingOnRequest() {
            StageGraph graph = Planner.plan(
                    DockerfileParser.parse(SourceText.of("Dockerfile", "FROM a AS unused\nFROM b\n")),
                    PlanRequest.of(Map.of(), null, RISC).withEveryStage(true));

            assertThat(graph.needed()).containsExactly(0, 1);
        }

        @Test
        void followFromCopyAndMount() {
            StageGraph graph = plan(
                    "FROM a AS unused",
                    "FROM a AS base",
                    "FROM a AS copied",
                    "FROM a AS mounted",
                    "FROM base",
                    "COPY --from=COPIED /x /x",
                    "RUN --mount=type=bind,from=mounted,target=/m true",
                    "COPY --from=image /y /y");

            assertThat(graph.needed()).containsExactly(1, 2, 3, 4);
        }

        @Test
        void mayPointForward() {
            StageGraph graph = plan(
                    "FROM a AS first", "FROM b AS last", "COPY --from=third /x /x", "FROM c AS third", "FROM last");

            assertThat(graph.needed()).containsExactly(2, 1, 3);
        }

        @Test
        void countTheTriggersOfABaseStage() {
            StageGraph graph = plan(
                    "FROM a AS tools",
                    "FROM b AS parent",
                    "ONBUILD COPY --from=tools /x /x",
                    "ONBUILD RUN x",
                    "FROM parent");

            assertThat(graph.needed()).containsExactly(0, 1, 2);
            assertThat(graph.hasRun()).isTrue();
            assertThat(plan("FROM b AS parent", "ONBUILD RUN x").hasRun()).isFalse();
        }

        @Test
        void ofTriggersOfABaseImageAreAskedForLater() {
            StageGraph graph = plan("FROM a AS tools", "FROM tools AS more", "FROM image", "RUN true");
            List<Instruction> triggers = DockerfileParser.parseTriggers(
                    List.of("COPY --from=more /x /x", "RUN y"),
                    graph.target().from().source());

            assertThat(graph.needed()).containsExactly(2);
            assertThat(graph.stagesNamedBy(triggers, graph.target()))
                    .extracting(Stage::name)
                    .containsExactly("more");
            assertThat(graph.orderTo(graph.stages().get(1))).containsExactly(0, 1);
            assertThatExceptionOfType(DockerfileInvalid.class)
                    .isThrownBy(
                            () -> graph.stagesNamedBy(triggers, graph.stages().get(0)))
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.STAGE_CYCLE));
        }

        @Test
        void doNotCountRunsOfStagesThatAreNotNeeded() {
            assertThat(plan("FROM a", "RUN true", "FROM b", "COPY x y").hasRun())
                    .isFalse();
        }

        @Test
        void nameTheLastStageOfOneName() {
            StageGraph graph = plan("FROM x AS a", "FROM y AS a", "FROM z");

            assertThat(graph.stageNamed("A", graph.target()))
                    .hasValueSatisfying(stage -> assertThat(stage.index()).isEqualTo(1));
            assertThat(graph.stageNamed("00", graph.target()))
                    .hasValueSatisfying(stage -> assertThat(stage.index()).isZero());
            assertThat(graph.stageNamed("nginx", graph.target())).isEmpty();
        }
    }
}
