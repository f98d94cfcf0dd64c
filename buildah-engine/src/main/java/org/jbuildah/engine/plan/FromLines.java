package org.jbuildah.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.NearMiss;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.dockerfile.Variables;
import org.jbuildah.engine.dockerfile.WordLetter;
import org.jbuildah.engine.dockerfile.WordLexer;
import org.jbuildah.engine.oci.Platform;

/** Resolves the ARGs before the first FROM, and the FROM lines, which see nothing but them. */
final class FromLines {
    private static final Variables NO_VARIABLES = name -> Optional.empty();

    private final WordLexer lexer;
    private final PlanRequest request;
    private final Platform platform;

    FromLines(char escape, PlanRequest request) {
        this.lexer = new WordLexer(escape);
        this.request = request;
        this.platform = request.platform();
    }

    ArgScope globalScope(ArgScope empty, String targetStage, List<Instruction.Arg> header) {
        ArgScope scope = empty;
        for (var automatic :
                PlatformArgs.of(Platform.ofThisMachine(), platform, targetStage).entrySet()) {
            scope = scope.declare(automatic.getKey(), automatic.getValue());
        }
        for (Instruction.Arg arg : header) {
            for (Instruction.Arg.Declaration declaration : arg.declarations()) {
                String value = declaration.defaultValue();
                scope = scope.declare(declaration.name(), value == null ? null : expand(value, scope, arg));
            }
        }
        return scope;
    }

    Stage stage(Instruction.From from, List<Instruction> body, List<Stage> earlier, ArgScope global) {
        Platform own = platformOf(from, global);
        Optional<String> replaced = Optional.ofNullable(from.stage()).flatMap(request.contexts()::find);
        if (replaced.isPresent()) {
            return new Stage(
                    earlier.size(), from.stage(), from, new Stage.Base.Context(replaced.get()), own, List.of());
        }
        String image = image(from, earlier, global);
        Stage.Base base = base(image, earlier);
        if (base instanceof Stage.Base.EarlierStage standsOn) {
            own = earlier.get(standsOn.index()).platform();
        } else if (base instanceof Stage.Base.Scratch) {
            own = platform; // nothing is of any platform: the flag says nothing about it
        }
        return new Stage(earlier.size(), from.stage(), from, base, own, body);
    }

    private String image(Instruction.From from, List<Stage> earlier, ArgScope global) {
        String other = request.firstBase();
        if (other != null && earlier.isEmpty()) {
            return other;
        }
        String image = expand(from.image(), global, from);
        if (image.isEmpty()) {
            throw blank(from.image(), "FROM names no image", from, global);
        }
        return image;
    }

    /** Of several earlier stages with one name it is the nearest. */
    private Stage.Base base(String image, List<Stage> earlier) {
        String name = image.toLowerCase(Locale.ROOT);
        for (int i = earlier.size() - 1; i >= 0; i--) {
            if (name.equals(earlier.get(i).name())) {
                return new Stage.Base.EarlierStage(i);
            }
        }
        if (image.equals("scratch")) {
            return new Stage.Base.Scratch();
        }
        return request.contexts()
                .find(image)
                .<Stage.Base>map(Stage.Base.Context::new)
                .orElseGet(() -> new Stage.Base.Image(image));
    }

    private Platform platformOf(Instruction.From from, ArgScope global) {
        String written = from.platform();
        if (written == null || written.isEmpty()) {
            return platform;
        }
        String name = expand(written, global, from);
        if (name.isEmpty()) {
            throw blank(written, "FROM --platform names no platform", from, global);
        }
        try {
            return Platform.parse(name);
        } catch (IllegalArgumentException e) {
            throw new DockerfileInvalid(
                            FailureCode.INSTRUCTION_INVALID,
                            "FROM has the platform \"" + name + "\", which " + e.getMessage() + ".",
                            "Write, for example, --platform=linux/amd64 or --platform=$BUILDPLATFORM.",
                            e)
                    .at(from.source());
        }
    }

    private String expand(String word, Variables variables, Instruction place) {
        try {
            return lexer.expand(word, variables);
        } catch (IllegalArgumentException e) {
            throw WordLetter.of(
                            e, "What stands here sees only the ARGs before the first FROM and the platform arguments.")
                    .at(place.source());
        }
    }

    private DockerfileInvalid blank(String written, String what, Instruction.From from, ArgScope global) {
        List<String> unset = new ArrayList<>();
        lexer.expand(written, name -> {
            Optional<String> value = global.value(name);
            if (value.isEmpty()) {
                unset.add(name);
            }
            return value;
        });
        String remedy = unset.stream()
                .findFirst()
                .map(name -> unsetRemedy(name, global))
                .orElse("Give the variable a value that is not empty.");
        return new DockerfileInvalid(
                        FailureCode.VARIABLE_INVALID, what + ": " + written + " expands to nothing.", remedy)
                .at(from.source());
    }

    private static String unsetRemedy(String name, ArgScope global) {
        if (global.names().contains(name)) {
            return "Give ARG " + name + " a default, or give the build argument " + name + ".";
        }
        return NearMiss.of(name, global.names())
                .map(near -> name + " is not declared before the first FROM; did you mean " + near + "?")
                .orElse("Declare it before the first FROM: ARG " + name + "=VALUE.");
    }

    void refuseVariablesInFromFlag(Instruction instruction) {
        if (!(instruction instanceof Instruction.Transfer transfer)) {
            return;
        }
        transfer.from().filter(name -> !lexesToItself(name)).ifPresent(name -> {
            throw new DockerfileInvalid(
                            FailureCode.INSTRUCTION_INVALID,
                            "COPY has --from=" + name + ", but --from cannot hold variables.",
                            "Define a stage, FROM " + name + " AS NAME, with the ARG before the first FROM, and write"
                                    + " --from=NAME.")
                    .at(transfer.source());
        });
    }

    private boolean lexesToItself(String word) {
        try {
            return lexer.expand(word, NO_VARIABLES).equals(word);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
