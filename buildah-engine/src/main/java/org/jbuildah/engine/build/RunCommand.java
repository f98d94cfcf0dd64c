package org.jbuildah.engine.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.dockerfile.Heredoc;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.oci.ContainerConfig;
import org.jbuildah.engine.rootfs.MountSpec;

/**
 * What a RUN executes, here-documents included. One that stands where a command would is a script for the image's shell, or, when it
 * begins with {@code #!}, a file that the shell is told to execute. Wherever else it stands, it is handed to the shell as it is written.
 *
 * @param arguments the words of the process
 * @param files that the process needs beside the image's, and that are never committed
 * @see <a href="https://docs.docker.com/reference/dockerfile/#here-documents">Dockerfile reference: here-documents</a>
 */
record RunCommand(List<String> arguments, List<MountSpec.GeneratedFile> files) {
    /** Where BuildKit lays a script; the path stands in the image's history. */
    private static final String SCRIPTS = "/dev/pipes/";

    private static final int EXECUTABLE = 0755;

    static RunCommand of(Instruction.Run instruction, ContainerConfig config) {
        Optional<Heredoc> script = instruction.script();
        if (script.isEmpty()) {
            return new RunCommand(ConfigSteps.commandLine(withHeredocs(instruction), config), List.of());
        }
        String text = script.get().content();
        if (!text.startsWith("#!")) {
            return new RunCommand(ConfigSteps.commandLine(new Instruction.Command.Shell(text), config), List.of());
        }
        String path = SCRIPTS + script.get().name();
        return new RunCommand(
                ConfigSteps.commandLine(new Instruction.Command.Shell(path), config),
                List.of(new MountSpec.GeneratedFile(path, text.getBytes(UTF_8), EXECUTABLE)));
    }

    /** The line with the here-documents that it announces below it, as a shell reads them. */
    private static Instruction.Command withHeredocs(Instruction.Run instruction) {
        if (!(instruction.command() instanceof Instruction.Command.Shell shell)) {
            return instruction.command();
        }
        StringBuilder text = new StringBuilder(shell.line());
        instruction
                .heredocs()
                .forEach(heredoc -> text.append('\n').append(heredoc.content()).append(heredoc.name()));
        return new Instruction.Command.Shell(text.toString());
    }
}
