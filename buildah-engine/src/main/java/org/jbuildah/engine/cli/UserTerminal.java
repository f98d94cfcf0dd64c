package org.jbuildah.engine.cli;

import java.io.Console;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jbuildah.engine.api.Terminal;

/** The terminal that this program was started on. */
final class UserTerminal implements Terminal {
    private static final Pattern NAME = Pattern.compile("/dev/(pts/\\d+|tty.*|console)");
    private static final Path TERMINAL = Path.of("/dev/tty");

    /** The streams as the kernel knows them; {@code System.console()} tells of standard input, and from JDK 22 on not even that. */
    enum Stream {
        INPUT(0),
        OUTPUT(1),
        ERROR(2);

        private final int descriptor;

        Stream(int descriptor) {
            this.descriptor = descriptor;
        }

        boolean isTerminal() {
            try {
                Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
                return NAME.matcher(target.toString()).matches();
            } catch (IOException otherSystem) {
                return false;
            }
        }
    }

    private final String type;
    private boolean taken;

    private UserTerminal(String type) {
        this.type = type;
    }

    /** Where a person sits at the other end: there is input, and the environment says what kind of a terminal it is. */
    static Optional<UserTerminal> find(Map<String, String> environment) {
        String type = environment.getOrDefault("TERM", "dumb");
        boolean there = !type.equals("dumb") && Stream.INPUT.isTerminal() && Files.isReadable(TERMINAL);
        return there ? Optional.of(new UserTerminal(type)) : Optional.empty();
    }

    /**
     * Asks for a password, and does not show it.
     *
     * @param remedy where nobody can be asked
     */
    @SuppressWarnings("SystemConsoleNull") // it is null before JDK 22; from then on the kernel's answer decides
    static String password(String user, String remedy) {
        Console console = System.console();
        if (console == null || !Stream.INPUT.isTerminal()) {
            throw Cli.wrong(
                    "The password of \"" + user + "\" is not given, and there is no terminal to ask for it.", remedy);
        }
        char[] password = console.readPassword("Password of %s: ", user);
        if (password == null) {
            throw Cli.wrong("No password of \"" + user + "\" was entered.", remedy);
        }
        return new String(password);
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public Session open() throws IOException, InterruptedException {
        take();
        try {
            return new TerminalSession(
                    new FileInputStream(TERMINAL.toFile()), new FileOutputStream(TERMINAL.toFile()), this::free);
        } catch (IOException | RuntimeException e) {
            free();
            throw e;
        }
    }

    private synchronized void take() throws InterruptedException {
        awaitFree();
        taken = true;
    }

    private synchronized void free() {
        taken = false;
        notifyAll();
    }

    /** Returns once no process has it. */
    synchronized void awaitFree() throws InterruptedException {
        while (taken) {
            wait();
        }
    }
}
