package org.jbuildah.engine.build;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jbuildah.engine.api.Cancelled;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.Terminal;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.content.LayerSink;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.rootfs.ActiveRootfs;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.OutputSink;
import org.jbuildah.engine.rootfs.ProcessSpec;
import org.jbuildah.engine.rootfs.Rootfs;

/** Runs nothing: remembers what it was asked to run, and commits a file with the command in it. Several threads may use it at once. */
final class FakeRootfs implements Rootfs {
    final List<ProcessSpec> processes = Collections.synchronizedList(new ArrayList<>());
    /** The layers that each process was to see. */
    final List<List<DiffId>> prepared = Collections.synchronizedList(new ArrayList<>());

    ExitStatus next = new ExitStatus.Exited(0);
    Instant now = TestBuild.RUN_TIME;
    String out = "";
    String err = "";
    Running running = process -> next;
    private final ContentStore store;

    /** What happens while a process is said to run. */
    interface Running {
        ExitStatus run(ProcessSpec process) throws IOException, InterruptedException;
    }

    FakeRootfs(ContentStore store) {
        this.store = store;
    }

    @Override
    public ActiveRootfs prepare(List<DiffId> layers) {
        prepared.add(List.copyOf(layers));
        return new ActiveRootfs() {
            private String command = "";

            @Override
            public ExitStatus run(ProcessSpec process, OutputSink output) throws IOException {
                processes.add(process);
                command = String.join(" ", process.arguments());
                output.output(false, out.getBytes(StandardCharsets.UTF_8));
                output.output(true, err.getBytes(StandardCharsets.UTF_8));
                try {
                    return running.run(process);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new Cancelled(FailureCode.CANCELLED, "The build was cancelled.", "");
                }
            }

            @Override
            public ExitStatus run(ProcessSpec process, Terminal.Session terminal) throws IOException {
                return run(process, (standardError, bytes) -> terminal.show(bytes));
            }

            @Override
            public DiffId commit() throws IOException {
                byte[] content = command.getBytes(StandardCharsets.UTF_8);
                try (LayerSink sink = store.newLayer()) {
                    sink.write(LayerEntry.directory(EntryName.ROOT, 0755, 0, 0, now));
                    sink.write(
                            LayerEntry.file(EntryName.of("ran"), 0644, 0, 0, content.length, now),
                            () -> new ByteArrayInputStream(content));
                    return sink.commit();
                }
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}
}
