package org.jbuildah.engine.worker;

import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.api.Terminal;
import org.jspecify.annotations.Nullable;

/** The launcher's terminal as a process of the worker has it. What is typed before the process is there waits for it. */
final class RemoteTerminal implements Terminal.Session, Terminal.Listener {
    private final Terminal.Size size;
    private final OutputWindow screen;
    private final List<byte[]> early = new ArrayList<>();
    private Terminal.@Nullable Size lastSize;
    private Terminal.@Nullable Listener process;

    RemoteTerminal(Terminal.Size size, OutputWindow screen) {
        this.size = size;
        this.screen = screen;
    }

    @Override
    public Terminal.Size size() {
        return size;
    }

    @Override
    public void show(byte[] bytes) {
        screen.output(false, bytes);
    }

    @Override
    public synchronized void listen(Terminal.Listener listener) {
        process = listener;
        if (lastSize != null) {
            listener.resized(lastSize);
        }
        early.forEach(listener::typed);
        early.clear();
    }

    @Override
    public synchronized void typed(byte[] bytes) {
        if (process == null) {
            early.add(bytes);
        } else {
            process.typed(bytes);
        }
    }

    @Override
    public synchronized void resized(Terminal.Size changed) {
        lastSize = changed;
        if (process != null) {
            process.resized(changed);
        }
    }

    @Override
    public void close() {
        early.clear();
    }
}
