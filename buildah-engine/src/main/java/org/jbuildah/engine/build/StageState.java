package org.jbuildah.engine.build;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jbuildah.engine.cache.StepRecord;
import org.jbuildah.engine.dockerfile.Variables;
import org.jbuildah.engine.oci.ContainerConfig;
import org.jbuildah.engine.plan.ArgScope;

/**
 * Where a stage stands between two steps: the image so far and the arguments in scope. Immutable.
 *
 * @param commandSet true once a CMD of this very stage was seen, which a later ENTRYPOINT then keeps
 */
record StageState(ImageDraft image, ArgScope args, boolean commandSet) {
    /**
     * What a word of the next instruction can refer to. Of an ARG and an ENV of one name the later one counts; {@link ArgScope} knows
     * which that is.
     */
    Variables variables() {
        return Variables.firstOf(List.of(args, this::environmentValue));
    }

    private Optional<String> environmentValue(String name) {
        String prefix = name + "=";
        return image.container().env().stream()
                .filter(entry -> entry.startsWith(prefix))
                .map(entry -> entry.substring(prefix.length()))
                .findFirst();
    }

    /** The environment of a process: ENV and declared arguments, the later one of each name. */
    List<String> processEnvironment() {
        Map<String, String> environment = new LinkedHashMap<>();
        Stream.concat(image.container().env().stream(), args.declared().stream())
                .forEach(entry -> {
                    int equals = entry.indexOf('=');
                    environment.put(entry.substring(0, equals), entry.substring(equals + 1));
                });
        return environment.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    /** The directory that relative paths begin at; absolute. */
    String workingDirectory() {
        String directory = image.container().workingDir();
        return directory.isEmpty() ? "/" : directory;
    }

    StageState withImage(ImageDraft other) {
        return new StageState(other, args, commandSet);
    }

    StageState withArgs(ArgScope others) {
        return new StageState(image, others, commandSet);
    }

    StageState withCommandSet() {
        return new StageState(image, args, true);
    }

    /** A change of the container's config, and the line of history that tells of it. */
    StageState configured(UnaryOperator<ContainerConfig.Builder> change, String createdBy) {
        ContainerConfig container = change.apply(image.container().with()).build();
        return withImage(image.withContainer(container).withNote(createdBy));
    }

    StageState withLayer(StepRecord record, String createdBy) {
        return withImage(image.withLayer(record, createdBy));
    }
}
