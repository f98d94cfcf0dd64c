package org.jbuildah.engine.worker;

import java.io.IOException;
import org.jbuildah.engine.api.Cancelled;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.api.Terminal;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.rootfs.ActiveRootfs;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.OutputSink;
import org.jbuildah.engine.rootfs.ProcessSpec;
import org.jbuildah.engine.worker.RunMessage.Credit;
import org.jbuildah.engine.worker.RunMessage.Ended;
import org.jbuildah.engine.worker.RunMessage.Output;
import org.jbuildah.engine.worker.RunMessage.Resize;
import org.jbuildah.engine.worker.RunMessage.Run;
import org.jbuildah.engine.worker.SnapshotMessage.Commit;
import org.jbuildah.engine.worker.SnapshotMessage.Committed;
import org.jbuildah.engine.worker.SnapshotMessage.Release;
import org.jbuildah.engine.worker.WorkerChannel.Exchange;
import org.jbuildah.engine.worker.WorkerMessage.Done;
import org.jbuildah.engine.worker.WorkerMessage.Event;
import org.jbuildah.engine.worker.WorkerMessage.Request;

/** A snapshot that the worker has lent out. */
final class LentRootfs implements ActiveRootfs {
    private final NamespaceWorker worker;
    private final int snapshot;

    LentRootfs(NamespaceWorker worker, int snapshot) {
        this.worker = worker;
        this.snapshot = snapshot;
    }

    @Override
    public ExitStatus run(ProcessSpec process, OutputSink output) throws IOException {
        return worker.talk(new Run(snapshot, process), exchange -> hear(exchange, output));
    }

    @Override
    public ExitStatus run(ProcessSpec process, Terminal.Session terminal) throws IOException {
        return worker.talk(new Run(snapshot, process, terminal.size()), exchange -> {
            terminal.listen(new Hands(exchange));
            return hear(exchange, (standardError, bytes) -> terminal.show(bytes));
        });
    }

    /** Tells the worker what a person does. */
    private record Hands(Exchange exchange) implements Terminal.Listener {
        @Override
        public void typed(byte[] bytes) {
            tell(new RunMessage.Keys(bytes));
        }

        @Override
        public void resized(Terminal.Size size) {
            tell(new Resize(size));
        }

        private void tell(Request request) {
            try {
                exchange.add(request);
            } catch (IOException gone) {
                return; // whoever waits for the process hears of it
            }
        }
    }

    private static ExitStatus hear(Exchange exchange, OutputSink output) throws IOException, InterruptedException {
        while (true) {
            Event event = exchange.next();
            if (event instanceof Output bytes) {
                output.output(bytes.standardError(), bytes.bytes());
                exchange.add(new Credit(bytes.bytes().length));
            } else if (event instanceof Ended ended) {
                return ended.status();
            } else {
                throw new IOException("the worker answered " + event.kind() + " to a RUN");
            }
        }
    }

    @Override
    public DiffId commit() throws IOException {
        return worker.ask(new Commit(snapshot), Committed.class).layer();
    }

    @Override
    public void close() {
        try {
            worker.askInSpiteOfInterrupts(new Release(snapshot), Done.class);
        } catch (Cancelled | StepFailed gone) {
            return; // with the worker, all that it had lent out is gone; whoever asked it for more hears why
        } catch (IOException e) {
            worker.warn("What a RUN left behind in the store could not be removed: " + e.getMessage());
        }
    }
}
