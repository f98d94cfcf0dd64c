package org.jbuildah.engine.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jbuildah.engine.linux.IdMap.Range;

/** Readers for texts of {@code /proc}; each takes the text and touches nothing. */
final class ProcTexts {
    private ProcTexts() {}

    /** A field of {@code /proc/self/status}, such as {@code CapEff}; empty where it is missing. */
    static String statusField(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    /** {@code /proc/self/uid_map}. */
    static List<Range> ranges(String text) {
        List<Range> ranges = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String[] numbers = line.strip().split("\\s+", -1);
            if (numbers.length == 3) {
                ranges.add(
                        new Range(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2])));
            }
        }
        return ranges;
    }

    /** Whether {@code /proc/filesystems} lists a type. */
    static boolean knowsFileSystem(String text, String type) {
        return text.lines()
                .map(line -> line.substring(line.indexOf('\t') + 1).strip())
                .anyMatch(type::equals);
    }

    /** A mount: its file system's type, and the options of the mount such as {@code noexec}. */
    record Mount(String type, Set<String> options) {}

    /** The mount that holds a path, from {@code /proc/self/mountinfo}: the longest mount point counts, the last of equals. */
    static Optional<Mount> mountOf(Path path, String mountInfo) {
        Mount found = null;
        int longest = -1;
        for (String line : mountInfo.split("\n", -1)) {
            int separator = line.indexOf(" - ");
            String[] fields = line.split(" ", -1);
            if (separator < 0 || fields.length < 10) {
                continue;
            }
            Path mountPoint = Path.of(unescaped(fields[4]));
            if (path.startsWith(mountPoint) && mountPoint.getNameCount() >= longest) {
                longest = mountPoint.getNameCount();
                found = new Mount(line.substring(separator + 3).split(" ", -1)[0], Set.of(fields[5].split(",", -1)));
            }
        }
        return Optional.ofNullable(found);
    }

    /** Whether something lies over a part of {@code /proc}, as container runtimes do it; the kernel's own binfmt_misc does not count. */
    static boolean procMasked(String mountInfo) {
        return mountInfo
                .lines()
                .map(line -> line.split(" ", -1))
                .anyMatch(fields -> fields.length > 4
                        && fields[4].startsWith("/proc/")
                        && !fields[4].equals("/proc/sys/fs/binfmt_misc"));
    }

    /** Space, tab, newline and backslash come as three octal digits. */
    private static String unescaped(String field) {
        return field.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
