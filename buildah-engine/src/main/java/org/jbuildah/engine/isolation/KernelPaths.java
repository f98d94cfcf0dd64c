package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.OpenFlag;

/** What a step must not see or must not write below {@code /proc} and {@code /sys}: Docker's lists. */
final class KernelPaths {
    static final List<String> MASKED = List.of(
            "/proc/acpi",
            "/proc/asound",
            "/proc/interrupts",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/sys/devices/virtual/powercap",
            "/sys/firmware");

    static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private static final String PROCESSORS = "/sys/devices/system/cpu";

    private KernelPaths() {}

    /** {@code /sys/devices/system/cpu/cpu*}/thermal_throttle, as far as this machine has them: they tell steps apart by load. */
    static List<String> thermalThrottles(Linux linux) throws LinuxException {
        List<String> paths = new ArrayList<>();
        if (!linux.exists(Linux.AT_FDCWD, PROCESSORS.getBytes(UTF_8))) {
            return paths;
        }
        int fd = linux.openat(Linux.AT_FDCWD, PROCESSORS.getBytes(UTF_8), OpenFlag.DIRECTORY, 0);
        try {
            for (byte[] name : linux.getdents(fd)) {
                String path = PROCESSORS + "/" + new String(name, UTF_8) + "/thermal_throttle";
                if (linux.exists(Linux.AT_FDCWD, path.getBytes(UTF_8))) {
                    paths.add(path);
                }
            }
        } finally {
            linux.close(fd);
        }
        return List.copyOf(paths);
    }
}
