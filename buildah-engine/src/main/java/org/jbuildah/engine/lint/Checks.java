package org.jbuildah.engine.lint;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jbuildah.engine.api.CheckWarning;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.SourceSpan;
import org.jbuildah.engine.dockerfile.Dockerfile;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.plan.ArgScope;
import org.jbuildah.engine.plan.Planner;
import org.jbuildah.engine.plan.Stage;
import org.jbuildah.engine.plan.StageGraph;

/**
 * The build checks of one Dockerfile, from the first look at its text to the last base image.
 *
 * <p>Laws: what the user's configuration switches off is not heard; each warning is heard once; no check makes a build fail but
 * {@link #refuseErrors}. Safe for use by several threads.
 *
 * @see <a href="https://docs.docker.com/build/checks/">Docker: checking your build configuration</a>
 */
public final class Checks {
    /** Takes the place of the directive {@code # check=} as a whole. */
    private static final String BUILD_ARG = "BUILDKIT_DOCKERFILE_CHECK";

    private final Dockerfile dockerfile;
    private final Map<String, String> args;
    private final ContextView context;
    private final CheckOptions options;
    private final Consumer<CheckWarning> listener;
    private final Set<CheckWarning> warnings = new LinkedHashSet<>();

    /**
     * @param args the build arguments of the request
     * @param listener hears each warning when it is found
     * @throws org.jbuildah.engine.api.BuildException if the configuration of the checks is not in order
     */
    public Checks(
            Dockerfile dockerfile, Map<String, String> args, ContextView context, Consumer<CheckWarning> listener) {
        this.dockerfile = dockerfile;
        this.args = Map.copyOf(args);
        this.context = context;
        this.options = options(dockerfile, args);
        this.listener = listener;
    }

    private static CheckOptions options(Dockerfile dockerfile, Map<String, String> args) {
        String given = args.get(BUILD_ARG);
        String remedy = "Write skip=RULE,RULE;error=true;experimental=RULE, each if need be.";
        try {
            return CheckOptions.parse(given == null ? dockerfile.directives().getOrDefault("check", "") : given);
        } catch (IllegalArgumentException wrong) {
            if (given != null) {
                throw new RequestInvalid(
                        FailureCode.REQUEST_INVALID,
                        "The build argument " + BUILD_ARG + " is \"" + given + "\": " + wrong.getMessage(),
                        remedy,
                        wrong);
            }
            throw new DockerfileInvalid(
                            FailureCode.DOCKERFILE_SYNTAX,
                            "The directive \"check\" is not in order: " + wrong.getMessage(),
                            remedy,
                            wrong)
                    .at(directive(dockerfile));
        }
    }

    private static SourceSpan directive(Dockerfile dockerfile) {
        List<String> lines = dockerfile.text().lines();
        int line = 1;
        while (line < lines.size() && !lines.get(line - 1).matches("(?i)\\W*check\\s*=.*\\s*")) {
            line++;
        }
        return new SourceSpan(dockerfile.text(), line, line);
    }

    /** Has the rules about the whole file judge; needs no plan, so that it tells why there may be none. */
    public void judgeFile(Platform platform) {
        FileView file = new FileView(dockerfile, scope(args, platform), scope(Map.of(), platform));
        Rules.aboutFiles().forEach(rule -> rule.judge(file, (place, detail) -> hear(rule, place, detail)));
    }

    private Optional<ArgScope> scope(Map<String, String> given, Platform platform) {
        try {
            return Optional.of(Planner.argsOfFromLines(dockerfile, given, platform));
        } catch (DockerfileInvalid cannotBe) {
            return Optional.empty(); // planning fails at the same place, and says so
        }
    }

    /**
     * Has the rules about stages judge.
     *
     * @param stages indexes of the stages that count
     * @param basesFollow true if {@link #judgeOnBase} will come for every image among the bases: what depends on that waits for it
     */
    public void judgeStages(StageGraph graph, List<Integer> stages, boolean basesFollow) {
        for (int index : stages) {
            StageView view = StageView.of(graph.stages().get(index), graph, Optional.empty(), context);
            boolean wait = basesFollow && !view.standsOnScratch();
            judge(
                    view,
                    Rules.aboutStages().stream()
                            .filter(rule -> !(wait && rule.asksForBase()))
                            .toList());
        }
    }

    /**
     * Has the rules that ask for it judge with the config of a base image.
     *
     * @param base the stage that stands on the image itself; those above it among {@code stages} are judged, too
     */
    public void judgeOnBase(StageGraph graph, List<Integer> stages, Stage base, ImageConfig config) {
        List<StageRule> asking =
                Rules.aboutStages().stream().filter(StageRule::asksForBase).toList();
        for (int index : stages) {
            StageView view = StageView.of(graph.stages().get(index), graph, Optional.of(config), context);
            if (view.lineage().get(0).index() == base.index()) {
                judge(view, asking);
            }
        }
    }

    private void judge(StageView view, List<StageRule> rules) {
        rules.forEach(rule -> rule.judge(view, (place, detail) -> hear(rule, place, detail)));
    }

    private synchronized void hear(Rule rule, SourceSpan place, String detail) {
        CheckOptions here = optionsAt(place);
        CheckWarning warning = new CheckWarning(rule.name(), rule.description(), detail, place);
        if (here.allow(rule) && warnings.add(warning)) {
            listener.accept(warning);
        }
    }

    private CheckOptions optionsAt(SourceSpan place) {
        for (Instruction instruction : dockerfile.instructions()) {
            SourceSpan lines = instruction.source();
            if (lines.firstLine() <= place.firstLine() && place.firstLine() <= lines.lastLine()) {
                return options.and(CheckOptions.ofComments(dockerfile.remarks().before(instruction)));
            }
        }
        return options;
    }

    /** What was found so far, by line. */
    public synchronized List<CheckWarning> warnings() {
        return warnings.stream()
                .sorted(Comparator.comparingInt(warning -> warning.place().firstLine()))
                .toList();
    }

    /** @throws DockerfileInvalid if {@code error=true} is set and a rule of BuildKit's has found something so far */
    public void refuseErrors() {
        List<CheckWarning> errors = warnings().stream()
                .filter(warning -> Rules.named(warning.rule())
                        .filter(rule -> rule.origin() != Rule.Origin.OURS)
                        .isPresent())
                .toList();
        if (options.error() && !errors.isEmpty()) {
            throw new DockerfileInvalid(
                            FailureCode.CHECK_FAILED,
                            "Build checks found something, and check=error=true makes that an error: "
                                    + errors.stream()
                                            .map(Checks::named)
                                            .distinct()
                                            .collect(Collectors.joining(", "))
                                    + ".",
                            "Mend it, or write # check=skip=RULE just before the instruction.")
                    .at(errors.get(0).place());
        }
    }

    private static String named(CheckWarning warning) {
        return warning.rule() + " (line " + warning.place().firstLineInFile() + ")";
    }
}
