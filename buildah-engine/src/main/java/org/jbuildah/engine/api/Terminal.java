package org.jbuildah.engine.api;

import java.io.IOException;

/** A person's terminal, which one process at a time can have for its own. */
public interface Terminal {
    /** What it is, as the variable {@code TERM} has it. */
    String type();

    /** Takes the terminal; waits while another process has it. */
    Session open() throws IOException, InterruptedException;

    /** The size of its screen, in characters. */
    record Size(int rows, int columns) {}

    /** The time for which a process has the terminal. Closing it leaves the terminal as it was before. */
    interface Session extends AutoCloseable {
        /** At the beginning. */
        Size size();

        /** Shows what the process writes, as it is. */
        void show(byte[] bytes) throws IOException;

        /** From now on what the person does is told, from any thread, until the session is closed; called once. */
        void listen(Listener listener);

        @Override
        void close();
    }

    /** Hears what the person does. Calls after the end of the process have no effect. */
    interface Listener {
        void typed(byte[] bytes);

        void resized(Size size);
    }
}
