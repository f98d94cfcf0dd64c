package org.jbuildah.engine.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step of the Dockerfile ran and failed. */
public final class StepFailed extends BuildException {
    private static final long serialVersionUID = 1L;

    /** An array, since a list need not be serializable. */
    private final String[] output;

    private StepFailed(
            FailureCode code,
            String what,
            String remedy,
            List<String> output,
            @Nullable SourceSpan where,
            @Nullable Throwable cause) {
        super(code, what, remedy, where, cause);
        this.output = output.toArray(String[]::new);
    }

    public StepFailed(FailureCode code, String what, String remedy) {
        this(code, what, remedy, List.of(), null, null);
    }

    public StepFailed(FailureCode code, String what, String remedy, Throwable cause) {
        this(code, what, remedy, List.of(), null, cause);
    }

    /** This failure, with the last lines that the process wrote. */
    public StepFailed withOutput(List<String> lines) {
        return new StepFailed(code(), what(), remedy(), lines, where().orElse(null), this);
    }

    /** This failure, with a further sentence of what to do about it. */
    public StepFailed withRemedy(String further) {
        String both = remedy().isEmpty() ? further : remedy() + "\n" + further;
        return new StepFailed(code(), what(), both, output(), where().orElse(null), this);
    }

    /** The last lines that the process wrote, both streams, if there was one. */
    public List<String> output() {
        return List.of(output);
    }

    @Override
    List<String> evidence() {
        return output();
    }

    @Override
    public StepFailed at(SourceSpan place) {
        return where().isPresent() ? this : new StepFailed(code(), what(), remedy(), output(), place, this);
    }
}
