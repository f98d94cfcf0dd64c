package org.jbuildah.engine.worker;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.Cancelled;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.ImageUnavailable;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.api.StoreBroken;
import org.jbuildah.engine.linux.LinuxException;

/**
 * An exception on its way from the worker to the launcher, which throws one of the same kind.
 *
 * @param code the {@link FailureCode} of a letter to the user, else empty
 * @param remedy of a letter; of a fault in this program, the stack trace
 * @param errno of a system call, else 0
 */
record Failure(Family family, String code, String message, String remedy, int errno) {
    enum Family {
        INPUT_OUTPUT,
        SYSTEM_CALL,
        CANCELLED,
        STEP_FAILED,
        HOST_UNSUITABLE,
        IMAGE_UNAVAILABLE,
        STORE_BROKEN,
        FAULT
    }

    static Failure of(Throwable thrown) {
        if (thrown instanceof BuildException letter) {
            return new Failure(family(letter), letter.code().name(), letter.what(), letter.remedy(), 0);
        }
        if (thrown instanceof LinuxException call) {
            return new Failure(Family.SYSTEM_CALL, "", String.valueOf(call.getMessage()), "", call.number());
        }
        if (thrown instanceof InterruptedException) {
            return new Failure(Family.CANCELLED, FailureCode.CANCELLED.name(), "The step was cancelled.", "", 0);
        }
        if (thrown instanceof IOException) {
            // the class says what the message often leaves out: NoSuchFileException's is the bare path
            String message = thrown.getClass() == IOException.class ? thrown.getMessage() : thrown.toString();
            return new Failure(Family.INPUT_OUTPUT, "", String.valueOf(message), "", 0);
        }
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return new Failure(Family.FAULT, "", thrown.toString(), trace.toString(), 0);
    }

    private static Family family(BuildException letter) {
        if (letter instanceof StoreBroken) {
            return Family.STORE_BROKEN;
        }
        if (letter instanceof ImageUnavailable) {
            return Family.IMAGE_UNAVAILABLE;
        }
        if (letter instanceof HostUnsuitable) {
            return Family.HOST_UNSUITABLE;
        }
        return letter instanceof Cancelled ? Family.CANCELLED : Family.STEP_FAILED;
    }

    /** Throws what the worker threw; never returns normally. */
    Failure rethrow() throws IOException {
        switch (family) {
            case INPUT_OUTPUT -> throw new IOException(message);
            case SYSTEM_CALL -> throw systemCall();
            case CANCELLED -> throw new Cancelled(FailureCode.CANCELLED, message, remedy);
            case STEP_FAILED -> throw new StepFailed(FailureCode.valueOf(code), message, remedy);
            case HOST_UNSUITABLE -> throw new HostUnsuitable(FailureCode.valueOf(code), message, remedy);
            case IMAGE_UNAVAILABLE -> throw new ImageUnavailable(FailureCode.valueOf(code), message, remedy);
            case STORE_BROKEN -> throw new StoreBroken(FailureCode.valueOf(code), message, remedy);
            case FAULT -> throw new IOException("fault in the worker: " + message, new IOException(remedy));
        }
        throw new IOException(message);
    }

    private LinuxException systemCall() {
        int colon = message.lastIndexOf(": ");
        return new LinuxException(colon < 0 ? message : message.substring(0, colon), "", errno);
    }
}
