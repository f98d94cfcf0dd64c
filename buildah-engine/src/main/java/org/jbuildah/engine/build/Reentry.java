package org.jbuildah.engine.build;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.api.RunOptions;
import org.jbuildah.engine.api.Terminal;
import org.jbuildah.engine.cache.FailedRun;
import org.jbuildah.engine.rootfs.ActiveRootfs;
import org.jbuildah.engine.rootfs.ExitStatus;
import org.jbuildah.engine.rootfs.Grants;
import org.jbuildah.engine.rootfs.OutputSink;
import org.jbuildah.engine.rootfs.ProcessSpec;
import org.jbuildah.engine.rootfs.Rootfs;

/** Another process where a failed RUN ended, as its user and in its directory. What it changes is thrown away. */
public record Reentry(FailedRun run, RunSettings settings) {
    /** @param arguments of the process */
    public ExitStatus execute(List<String> arguments, Rootfs rootfs, OutputSink output) throws IOException {
        try (ActiveRootfs active = rootfs.prepare(run.layers())) {
            return active.run(process(arguments), output);
        }
    }

    /**
     * On a terminal.
     *
     * @param arguments of the process; none for the stage's shell
     */
    public ExitStatus execute(List<String> arguments, Rootfs rootfs, Terminal terminal)
            throws IOException, InterruptedException {
        List<String> program = arguments.isEmpty() ? FailureShell.interactive(run.shell()) : arguments;
        try (ActiveRootfs active = rootfs.prepare(run.layers());
                Terminal.Session session = terminal.open()) {
            return active.run(process(program).onTerminal(program, terminal.type()), session);
        }
    }

    private ProcessSpec process(List<String> arguments) {
        EnumSet<Capability> capabilities = EnumSet.noneOf(Capability.class);
        capabilities.addAll(run.capabilities());
        return new ProcessSpec(
                arguments,
                run.environment(),
                run.workingDirectory(),
                run.credentials(),
                RunSettings.HOSTNAME,
                run.network(),
                new Grants(capabilities, List.of(), RunOptions.DEFAULT.sharedMemoryInBytes()),
                settings.files(run.network()),
                null);
    }
}
