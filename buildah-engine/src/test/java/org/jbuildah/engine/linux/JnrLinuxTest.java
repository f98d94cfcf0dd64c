package org.jbuildah.engine.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jbuildah.engine.linux.Linux.AT_FDCWD;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class JnrLinuxTest {
    private static Linux linux;

    @TempDir
    private Path folder;

    @BeforeAll
    static void load() throws IOException {
        linux = JnrLinux.load();
    }

    @Test
    void statxAgreesWithTheJdk() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "12345");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-x--x"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_700_000_000, 123_456_789)));

        FileStatus status = linux.lstat(AT_FDCWD, bytes(file));

        assertThat(status.isRegular()).isTrue();
        assertThat(status.permissions()).isEqualTo(0651);
        assertThat(status.size()).isEqualTo(5);
        assertThat(status.mtimeSeconds()).isEqualTo(1_700_000_000);
        assertThat(status.mtimeNanos()).isEqualTo(123_456_789);
        assertThat(status.inode()).isEqualTo(Files.getAttribute(file, "unix:ino"));
        assertThat(status.uid()).isEqualTo(((Integer) Files.getAttribute(file, "unix:uid")).longValue());
        assertThat(status.links()).isEqualTo(1);
    }

    @Test
    void everyFileCallDoesWhatItsNameSays() throws IOException {
        int dir = linux.openat(AT_FDCWD, bytes(folder), OpenFlag.DIRECTORY, 0);
        linux.mkdirat(dir, b("sub"), 0700);
        linux.mknodat(dir, b("fifo"), 0010600, 0, 0);
        linux.symlinkat(b("sub/x"), dir, b("link"));
        linux.close(linux.openat(dir, b("file"), OpenFlag.WRONLY | OpenFlag.CREAT | OpenFlag.EXCL, 0640));
        linux.linkat(dir, b("file"), dir, b("hard"));
        linux.renameat(dir, b("hard"), dir, b("sub/moved"));
        linux.fchmodat(dir, b("file"), 04711);
        linux.utimensat(dir, b("link"), -5, 7);
        linux.fchownat(dir, b("link"), linux.geteuid(), linux.lstat(dir, b("")).gid());

        assertThat(names(dir)).containsExactlyInAnyOrder("sub", "fifo", "link", "file");
        assertThat(linux.lstat(dir, b("fifo")).isFifo()).isTrue();
        assertThat(new String(linux.readlinkat(dir, b("link")), UTF_8)).isEqualTo("sub/x");
        assertThat(linux.lstat(dir, b("link")).mtimeSeconds()).isEqualTo(-5);
        assertThat(linux.lstat(dir, b("file")).permissions()).isEqualTo(04711);
        assertThat(linux.lstat(dir, b("file")).links()).isEqualTo(2);
        assertThat(linux.lstat(dir, b("")).isDirectory()).isTrue();

        linux.unlinkat(dir, b("sub/moved"), false);
        linux.unlinkat(dir, b("sub"), true);
        assertThat(linux.exists(dir, b("sub"))).isFalse();
        assertThat(linux.exists(dir, b("file"))).isTrue();
        assertThat(linux.exists(dir, b("link"))).isFalse();
        linux.close(dir);
    }

    @Test
    void aDirectoryOfManyNamesIsListedWhole() throws IOException {
        for (int i = 0; i < 3000; i++) {
            Files.createFile(folder.resolve("a-name-that-is-long-enough-to-fill-the-buffer-" + i));
        }
        int dir = linux.openat(AT_FDCWD, bytes(folder), OpenFlag.DIRECTORY, 0);
        assertThat(names(dir)).hasSize(3000).doesNotHaveDuplicates();
        linux.close(dir);
    }

    @Test
    void openInRootFollowsAnAbsoluteSymlinkInsideOnly() throws IOException {
        Files.createDirectories(folder.resolve("etc"));
        Files.writeString(folder.resolve("etc/passwd"), "inside");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("/../../etc/passwd"));
        int root = linux.openat(AT_FDCWD, bytes(folder), OpenFlag.PATH | OpenFlag.DIRECTORY, 0);

        int fd = linux.openat2(root, b("link"), OpenFlag.RDONLY, 0, ResolveFlag.IN_ROOT);

        byte[] content = new byte[100];
        assertThat(new String(content, 0, linux.read(fd, content, 0, 100), UTF_8))
                .isEqualTo("inside");
        linux.close(fd);
        linux.close(root);
    }

    @Test
    void manyBytesGoThroughAFile() throws IOException {
        byte[] content = new byte[200_001];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31);
        }
        int from = linux.openat(AT_FDCWD, bytes(folder.resolve("a")), OpenFlag.RDWR | OpenFlag.CREAT, 0600);
        int to = linux.openat(AT_FDCWD, bytes(folder.resolve("b")), OpenFlag.RDWR | OpenFlag.CREAT, 0600);
        linux.write(from, content, 0, content.length);
        linux.lseek(from, 0, 0);
        long copied = 0;
        long step;
        while ((step = linux.copyFileRange(from, to, 1 << 20)) > 0) {
            copied += step;
        }
        linux.fsync(to);
        assertThat(copied).isEqualTo(content.length);
        assertThat(Files.readAllBytes(folder.resolve("b"))).isEqualTo(content);
        linux.ftruncate(to, 3);
        assertThat(Files.size(folder.resolve("b"))).isEqualTo(3);
        linux.close(from);
        linux.close(to);
    }

    @Test
    void attributesAreWrittenReadAndRemoved() throws IOException {
        byte[] file = bytes(Files.createFile(folder.resolve("f")));
        byte[] binary = {0, -128, 1, 0};
        try {
            linux.lsetxattr(file, "user.a", binary);
        } catch (LinuxException e) {
            org.junit.jupiter.api.Assumptions.abort("the temp file system has no user attributes: " + e.getMessage());
        }
        linux.lsetxattr(file, "user.b", new byte[0]);
        assertThat(linux.lgetxattrs(file)).containsKeys("user.a", "user.b").containsEntry("user.a", binary);
        linux.lremovexattr(file, "user.a");
        assertThat(linux.lgetxattrs(file)).doesNotContainKey("user.a");
    }

    @Test
    void aFailureNamesCallPathAndError() {
        assertThatThrownBy(() -> linux.mkdirat(AT_FDCWD, b("/no/such/parent"), 0700))
                .isInstanceOf(LinuxException.class)
                .hasMessage("mkdirat /no/such/parent: ENOENT");
        assertThatThrownBy(() -> linux.mkdirat(AT_FDCWD, b("a\0b"), 0700))
                .isInstanceOf(LinuxException.class)
                .hasMessageEndingWith("EINVAL");
    }

    @Test
    void aSpawnedProcessHasItsOwnStreamsSessionAndEnvironment() throws IOException {
        int[] out = linux.pipe2();
        int nothing = linux.openat(AT_FDCWD, b("/dev/null"), OpenFlag.RDWR, 0);
        String script = "echo $A; cat; ls /proc/self/fd | wc -l; grep -E 'SigBlk|SigIgn' /proc/self/status; exit 7";
        List<String> environment = List.of("A=ä", "PATH=/bin:/usr/bin");

        int pid =
                linux.posixSpawn("/bin/sh", List.of("sh", "-c", script), environment, files(nothing, out[1], nothing));
        linux.close(out[1]);
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[1000];
        int length;
        while ((length = linux.read(out[0], buffer, 0, 1000)) > 0) {
            text.append(new String(buffer, 0, length, UTF_8));
        }

        WaitStatus status = new WaitStatus(linux.wait4(pid));
        assertThat(status.exited()).isTrue();
        assertThat(status.code()).isEqualTo(7);
        assertThat(text.toString()).startsWith("ä\n").contains("SigBlk:\t0000000000000000");
        linux.close(out[0]);
        linux.close(nothing);
    }

    @Test
    void aKilledProcessIsReportedThroughItsDescriptor() throws IOException {
        int nothing = linux.openat(AT_FDCWD, b("/dev/null"), OpenFlag.RDWR, 0);
        int pid = linux.posixSpawn("/bin/sleep", List.of("sleep", "100"), List.of(), files(nothing, nothing, nothing));
        int pidfd = linux.pidfdOpen(pid);
        assertThat(linux.poll(new int[] {pidfd}, 10)).isZero();

        linux.pidfdSendSignal(pidfd, 9);

        assertThat(linux.poll(new int[] {-1, pidfd}, 10_000)).isEqualTo(2);
        WaitStatus status = new WaitStatus(linux.wait4(pid));
        assertThat(status.exited()).isFalse();
        assertThat(status.signal()).isEqualTo(9);
        linux.close(pidfd);
        linux.close(nothing);
    }

    @Test
    void aMissingProgramIsToldByTheErrorNumber() {
        assertThatThrownBy(() -> linux.posixSpawn("/no/program", List.of("x"), List.of(), files(0, 1, 2)))
                .hasMessage("posix_spawn /no/program: ENOENT");
    }

    @Test
    void limitsOfThisProcessAreRead() throws IOException {
        long[] files = linux.getrlimit(7);
        assertThat(files[0]).isPositive();
        linux.setrlimit(7, files[0], files[1]);
        assertThat(linux.getrlimit(7)).isEqualTo(files);
    }

    @Test
    void theTypeOfProcIsKnown() throws IOException {
        assertThat(linux.fileSystemType(b("/proc"))).isEqualTo(0x9fa0);
    }

    @Test
    void theUmaskIsGivenBack() {
        int before = linux.umask(0);
        assertThat(linux.umask(before)).isZero();
    }

    @Test
    void theNativeLibraryIsUnpackedOnceAndNamedInAnOption() throws IOException {
        List<String> first = NativeLibrary.extractInto(folder);
        FileTime written = Files.getLastModifiedTime(libraryIn(first));
        Files.setLastModifiedTime(libraryIn(first), FileTime.fromMillis(0));

        List<String> second = NativeLibrary.extractInto(folder);

        assertThat(second).isEqualTo(first);
        assertThat(written.toMillis()).isPositive();
        assertThat(Files.getLastModifiedTime(libraryIn(second)).toMillis()).isZero();
    }

    private static Path libraryIn(List<String> options) {
        String option = options.get(0);
        return Path.of(option.substring(option.indexOf('=') + 1)).resolve("libjffi-1.2.so");
    }

    private static List<String> names(int dir) throws IOException {
        List<String> names = new ArrayList<>();
        for (byte[] name : linux.getdents(dir)) {
            names.add(new String(name, UTF_8));
        }
        return names;
    }

    private static byte[] bytes(Path path) {
        return b(path.toString());
    }

    private static byte[] b(String text) {
        return text.getBytes(UTF_8);
    }

    private static List<FileAction> files(int stdin, int stdout, int stderr) {
        return List.of(new FileAction.Dup2(stdin, 0), new FileAction.Dup2(stdout, 1), new FileAction.Dup2(stderr, 2));
    }
}
