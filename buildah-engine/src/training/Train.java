import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs the command line once, so that the JVM can lay out the classes of a build; how the build ends does not matter. */
public final class Train {
    private Train() {}

    /** @param arguments the archive to write, the jar, a file for the output, then the command line */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-Xlog:disable",
                "-XX:ArchiveClassesAtExit=" + arguments[0],
                "-jar",
                arguments[1]));
        command.addAll(List.of(arguments).subList(3, arguments.length));
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File(arguments[2]))
                .start()
                .waitFor();
    }
}
