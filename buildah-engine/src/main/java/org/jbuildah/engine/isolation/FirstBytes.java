package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.jbuildah.engine.rootfs.OutputSink;

/**
 * Hands output on, and remembers it as long as it is a single line of standard error: that is where runtimes say that a program cannot be
 * executed, since they find out after they have let go of their log.
 */
final class FirstBytes implements OutputSink {
    private static final int MOST = 4096;

    private final OutputSink sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean more;

    FirstBytes(OutputSink sink) {
        this.sink = sink;
    }

    @Override
    public void output(boolean standardError, byte[] bytes) throws IOException {
        if (!standardError || line.size() + bytes.length > MOST) {
            more = true;
        } else {
            line.writeBytes(bytes);
        }
        sink.output(standardError, bytes);
    }

    /** All that was heard, if it was one line of standard error. */
    Optional<String> onlyLine() {
        String text = line.toString(UTF_8).stripTrailing();
        return more || text.isEmpty() || text.contains("\n") ? Optional.empty() : Optional.of(text);
    }
}
