import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Runs the command line once, so that the JVM can lay out the classes of a build; how the build ends does not matter. */
public final class Train {
    private static final int HEADERS = 64 + 56;
    private static final long ADDRESS = 0x400000;

    private Train() {}

    /** @param arguments the archive to write, the jar, a file for the output, then the command line, whose last word is the context */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path context = Path.of(arguments[arguments.length - 1]);
        Files.write(context.resolve("nothing-to-do"), program(System.getProperty("os.arch")));
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

    /** A static program that ends with exit code 0, as elf(5) has it; nothing for a machine that this does not know. */
    private static byte[] program(String machine) {
        return switch (machine) {
            case "amd64" -> elf(62, "31ffb83c0000000f05"); // xor edi, edi; mov eax, 60; syscall
            case "aarch64" -> elf(183, "000080d2a80b80d2010000d4"); // mov x0, 0; mov x8, 93; svc 0
            default -> new byte[0];
        };
    }

    private static byte[] elf(int machine, String instructions) {
        byte[] code = HexFormat.of().parseHex(instructions);
        int size = HEADERS + code.length;
        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        file.putShort((short) 2).putShort((short) machine).putInt(1); // ET_EXEC
        file.putLong(ADDRESS + HEADERS).putLong(64).putLong(0).putInt(0); // entry, program headers, no sections
        file.putShort((short) 64).putShort((short) 56).putShort((short) 1).putShort((short) 64).putInt(0);
        file.putInt(1).putInt(5).putLong(0).putLong(ADDRESS).putLong(ADDRESS); // PT_LOAD, read and execute
        file.putLong(size).putLong(size).putLong(0x1000);
        return file.put(code).array();
    }
}
