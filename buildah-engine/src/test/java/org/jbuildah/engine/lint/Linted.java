package org.jbuildah.engine.lint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.CheckWarning;
import org.jbuildah.engine.api.SourceText;
import org.jbuildah.engine.context.BuildContext;
import org.jbuildah.engine.context.IgnoreFile;
import org.jbuildah.engine.dockerfile.Dockerfile;
import org.jbuildah.engine.dockerfile.DockerfileParser;
import org.jbuildah.engine.oci.ContainerConfig;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.plan.Planner;
import org.jbuildah.engine.plan.StageGraph;
import org.jspecify.annotations.Nullable;

/** A Dockerfile to be checked: a text, and what surrounds it. */
record Linted(
        String text,
        Map<String, String> args,
        @Nullable String target,
        IgnoreFile ignoreFile,
        @Nullable Path files,
        Optional<ImageConfig> base) {
    static final Platform PLATFORM = new Platform("linux", "amd64", "");

    static Linted dockerfile(String... lines) {
        return new Linted(String.join("\n", lines) + "\n", Map.of(), null, IgnoreFile.none(), null, Optional.empty());
    }

    Linted withArg(String name, String value) {
        return new Linted(text, Map.of(name, value), target, ignoreFile, files, base);
    }

    Linted withTarget(String value) {
        return new Linted(text, args, value, ignoreFile, files, base);
    }

    Linted withIgnoreFile(String content) {
        return new Linted(text, args, target, IgnoreFile.parse(".dockerignore", content), files, base);
    }

    Linted withFiles(Path directory) {
        return new Linted(text, args, target, ignoreFile, directory, base);
    }

    /** Has a build check it, all of whose images have this config. */
    Linted inBuildOn(Platform platform, ContainerConfig config) {
        ImageConfig image = new ImageConfig(platform, "", null, config, List.of(), List.of());
        return new Linted(text, args, target, ignoreFile, files, Optional.of(image));
    }

    Linted inBuildOn(ContainerConfig.Builder config) {
        return inBuildOn(PLATFORM, config.build());
    }

    /** All warnings, in the order of their lines. */
    List<CheckWarning> warnings() {
        Checks checks = checks();
        try {
            judge(checks);
        } catch (BuildException unplannable) {
            // the warnings stay
        }
        return checks.warnings();
    }

    /** {@code LINE RULE}. */
    List<String> found() {
        return warnings().stream()
                .map(warning -> warning.place().firstLine() + " " + warning.rule())
                .toList();
    }

    /** The lines that one rule complains of. */
    List<Integer> linesOf(String rule) {
        List<Integer> lines = new ArrayList<>();
        warnings().stream()
                .filter(warning -> warning.rule().equals(rule))
                .forEach(warning -> lines.add(warning.place().firstLine()));
        return lines;
    }

    /** As a build does before anything runs. */
    void refuseErrors() {
        Checks checks = checks();
        judge(checks);
        checks.refuseErrors();
    }

    private Checks checks() {
        return new Checks(
                parsed(),
                args,
                new ContextView(ignoreFile, () -> {
                    if (files == null) {
                        throw new IllegalStateException("no rule may look at files here");
                    }
                    return BuildContext.open(files, ignoreFile);
                }),
                warning -> {});
    }

    private Dockerfile parsed() {
        return DockerfileParser.parse(SourceText.of("Dockerfile", text));
    }

    private void judge(Checks checks) {
        checks.judgeFile(PLATFORM);
        StageGraph graph = Planner.plan(parsed(), args, target, PLATFORM);
        List<Integer> stages = target == null
                ? IntStream.range(0, graph.stages().size()).boxed().toList()
                : graph.needed();
        checks.judgeStages(graph, stages, base.isPresent());
        base.ifPresent(config -> stages.stream()
                .map(index -> graph.stages().get(index))
                .filter(stage -> stage.base() instanceof org.jbuildah.engine.plan.Stage.Base.Image)
                .forEach(stage -> checks.judgeOnBase(graph, stages, stage, config)));
    }
}
