package org.jbuildah.engine.worker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.IdMap.Range;
import org.jbuildah.engine.progress.EventSink;
import org.jbuildah.engine.rootfs.Credentials;
import org.jbuildah.engine.rootfs.ProcessSpec;

/** Workers for tests, in the namespaces that this machine has to give. */
final class TestWorkers {
    private static final List<Range> ALL = List.of(new Range(0, 0, 4294967295L));

    private TestWorkers() {}

    /** The best that can be had without sub-ids; the test is skipped where there is none. */
    static Namespaces namespaces() {
        List<Namespaces> possible = allNamespaces();
        assumeTrue(!possible.isEmpty(), "no namespaces can be made here");
        return possible.get(0);
    }

    static List<Namespaces> allNamespaces() {
        List<Namespaces> possible = new ArrayList<>();
        try {
            if (!System.getProperty("os.name").equals("Linux")) {
                return possible;
            }
            int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            int gid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:gid");
            boolean userNamespaces = NamespaceTrial.ofUser(List.of("unshare")).isEmpty();
            if (uid == 0 && worked("unshare", "-m", "-p", "-f", "true")) {
                possible.add(new Namespaces.RealRoot(new IdMap(ALL, ALL)));
            }
            if (uid == 0 && userNamespaces) {
                possible.add(new Namespaces.OwnIds(new IdMap(ALL, ALL)));
            }
            if (userNamespaces) {
                possible.add(new Namespaces.SingleId(uid, gid));
            }
            return possible;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean worked(String... command) {
        try {
            WorkerProcess.run(List.of(command));
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static WorkerSettings settings(Path store, Namespaces namespaces) {
        return new WorkerSettings(
                store,
                namespaces,
                !namespaces.userNamespace(),
                List.of(new LayerDriver.KernelOverlay(), new LayerDriver.Vfs()),
                new RunIsolation.Box(),
                List.of("unshare"),
                Path.of("/bin/sh"));
    }

    /** A worker with a workbench of paper. */
    static NamespaceWorker paper(Path store, Namespaces namespaces, EventSink events) {
        WorkerProgram program = new WorkerProgram(PaperMain.class.getName(), WorkerProgram.ENGINE.anchors());
        NamespaceWorker worker = new NamespaceWorker(settings(store, namespaces), program, events, hello -> {});
        worker.begin();
        return worker;
    }

    static ProcessSpec process(String... arguments) {
        return new ProcessSpec(List.of(arguments), List.of(), "/", Credentials.ROOT, "host", List.of(), null);
    }
}
