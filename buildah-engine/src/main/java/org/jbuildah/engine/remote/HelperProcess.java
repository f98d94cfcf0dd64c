package org.jbuildah.engine.remote;

import java.io.IOException;
import java.util.List;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.Cancelled;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HelperOptions;
import org.jbuildah.engine.progress.EventSink;

/**
 * A helper container from its making to its removal. It is removed by its name when this closes and when this JVM is told to end; and it
 * ends, and with it goes, when its standard input does: then even a SIGKILL of this JVM leaves none behind.
 */
final class HelperProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final ContainerCommand command;
    private final HelperOptions options;
    private final ContainerTool.Running running;
    private final Channel channel;
    private final Removal removal;

    private HelperProcess(
            ContainerCommand command,
            HelperOptions options,
            ContainerTool.Running running,
            Channel channel,
            Removal removal) {
        this.command = command;
        this.options = options;
        this.running = running;
        this.channel = channel;
        this.removal = removal;
    }

    /**
     * Makes a container, gives it the engine and starts it.
     *
     * @param volumes of this machine that its RUNs are to see
     * @throws BuildException if it cannot be had
     */
    static HelperProcess start(
            ContainerCommand command,
            HelperOptions options,
            List<ContainerCommand.Lending> volumes,
            Channel.Answers answers,
            EventSink events)
            throws IOException, InterruptedException {
        Removal removal = Removal.of(command);
        boolean started = false;
        try {
            EngineJars jars = EngineJars.ofThisEngine();
            require(
                    command,
                    options,
                    ContainerTool.run(command.create(options.image(), options.store(), jars.classPath(), volumes)));
            require(command, options, ContainerTool.run(command.copyIn(), jars::write));
            ContainerTool.Running running = ContainerTool.Running.start(command.start());
            Channel channel = new Channel(running.output(), running.input(), answers, events);
            started = true;
            return new HelperProcess(command, options, running, channel, removal);
        } finally {
            if (!started) {
                removal.now();
            }
        }
    }

    private static void require(ContainerCommand command, HelperOptions options, ContainerTool.Ended ended) {
        if (!ended.well()) {
            throw HelperTrouble.notMade(command.toolName(), options.image(), ended);
        }
    }

    Channel channel() {
        return channel;
    }

    /** Why the other side has gone. */
    BuildException died() throws InterruptedException {
        if (removal.fromOutside()) {
            return new Cancelled(FailureCode.CANCELLED, "The build was cancelled.", "");
        }
        return running.ended(PATIENCE_SECONDS)
                .map(ended -> HelperTrouble.died(command.toolName(), options.image(), ended))
                .orElseGet(() -> HelperTrouble.died(
                        command.toolName(),
                        options.image(),
                        new ContainerTool.Ended(0, "It closed its standard output.")));
    }

    /** Ends the container, waits until it has gone, and makes sure of it unless it ended well: one that never started is not gone by itself. */
    @Override
    public void close() {
        channel.close();
        boolean interrupted = Thread.interrupted();
        boolean gone = false;
        try {
            gone = !interrupted
                    && running.ended(PATIENCE_SECONDS)
                            .filter(ContainerTool.Ended::well)
                            .isPresent();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (!gone) {
            removal.now();
            running.kill();
        }
        removal.notNeeded();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
