package org.jbuildah.engine.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jbuildah.engine.linux.Architecture;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.rootfs.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * What all boxes of a worker share.
 *
 * @param scratch a directory of our own; a file system in memory is mounted on it in each step's mount namespace
 * @param emulated what is answered by us, where one id is mapped
 * @param descriptors held while files are written, and while a thread takes a copy of all descriptors for itself: a copy of one that is
 *     written to would keep the other's backstage from becoming read-only
 */
record BoxGround(
        Linux linux,
        Path scratch,
        SeccompFilters filters,
        Capabilities capabilities,
        List<String> masked,
        Semaphore sharedProc,
        Object descriptors,
        boolean groupsDenied,
        @Nullable EmulatedCalls emulated) {
    private static final int RLIMIT_NOFILE = 7;
    private static final long MOST_FILES = 1_048_576;

    /** In this process, whose limit of open files it sets. */
    static BoxGround of(Linux linux, Path scratch) throws IOException {
        Files.createDirectories(scratch);
        Preload.classes();
        limitFiles(linux);
        List<String> masked = new ArrayList<>(KernelPaths.MASKED);
        masked.addAll(KernelPaths.thermalThrottles(linux));
        return new BoxGround(
                linux,
                scratch.toRealPath(),
                new SeccompFilters(Architecture.ofThisJvm()),
                Capabilities.ofThisProcess(),
                List.copyOf(masked),
                new Semaphore(1),
                new Object(),
                setgroupsDenied(),
                oneId() ? new EmulatedCalls(Architecture.ofThisJvm(), kernelTakesBack()) : null);
    }

    /** Of the user as the image has it, what can be had here: where one id is mapped, there is one group. */
    Credentials possible(Credentials wanted) {
        return groupsDenied ? new Credentials(wanted.uid(), wanted.gid(), List.of()) : wanted;
    }

    /** Whether one id is all that this process's user namespace holds, so that {@link EmulatedIds} are needed. */
    private static boolean oneId() throws IOException {
        String map = Files.readString(Path.of("/proc/self/uid_map")).strip();
        return map.endsWith(" 1") && map.indexOf('\n') < 0;
    }

    /** SECCOMP_USER_NOTIF_FLAG_CONTINUE. */
    private static boolean kernelTakesBack() throws IOException {
        return KernelRelease.ofThisMachine().atLeast(5, 5);
    }

    /** As unshare(1) leaves it where an ordinary user maps the own id. */
    private static boolean setgroupsDenied() throws IOException {
        Path file = Path.of("/proc/self/setgroups");
        return Files.exists(file) && Files.readString(file).startsWith("deny");
    }

    /** Docker's limit for steps, which inherit it; with a billion, programs that close every descriptor take minutes. */
    static void limitFiles(Linux linux) throws IOException {
        long hard = linux.getrlimit(RLIMIT_NOFILE)[1];
        long limit = hard < 0 ? MOST_FILES : Math.min(hard, MOST_FILES);
        linux.setrlimit(RLIMIT_NOFILE, limit, limit);
    }
}
