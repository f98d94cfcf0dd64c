package org.jbuildah.engine.isolation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;

/**
 * What the kernel would answer if the ids existed: one method for each family of calls, the result or a {@link LinuxException} with the
 * error number.
 *
 * <p>Permissions are judged by the identity that the process believes to have.
 */
final class Answers {
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int NGROUPS_MAX = 65536;
    private static final int CHARACTER_DEVICE = 0020000;

    private final Linux linux;
    private final Identities identities;
    private final FileOwners owners;
    private final ProcFolders folders;
    private final Set<Capability> capabilities;
    private final FileAnswers files;

    Answers(Linux linux, Identities identities, FileOwners owners, ProcFolders folders, Set<Capability> capabilities) {
        this.linux = linux;
        this.identities = identities;
        this.owners = owners;
        this.folders = folders;
        this.capabilities = capabilities;
        this.files = new FileAnswers(linux, owners);
    }

    /** The result, or nothing where the kernel is to do it. */
    OptionalLong of(EmulatedCall.Form form, Caller caller) throws IOException {
        if (form.call().mostlyTheKernels()) {
            return files.of(form.call(), caller) ? OptionalLong.of(0) : OptionalLong.empty();
        }
        return OptionalLong.of(result(form, caller));
    }

    private long result(EmulatedCall.Form form, Caller caller) throws IOException {
        Identity who = identities.of(caller.pid());
        return switch (form.call()) {
            case CHOWN -> chownPath(who, caller, Linux.AT_FDCWD, 0, 0, ids(form, caller, 1));
            case LCHOWN -> chownPath(who, caller, Linux.AT_FDCWD, 0, AT_SYMLINK_NOFOLLOW, ids(form, caller, 1));
            case FCHOWNAT -> chownPath(who, caller, caller.int32(0), 1, caller.int32(4), ids(form, caller, 2));
            case FCHOWN -> chown(who, caller.openFile(caller.int32(0)), ids(form, caller, 1));
            case MKNOD -> makeDevice(who, caller, Linux.AT_FDCWD, 0);
            case MKNODAT -> makeDevice(who, caller, caller.int32(0), 1);
            case GETUID -> who.users().real();
            case GETEUID -> who.users().effective();
            case GETGID -> who.groups().real();
            case GETEGID -> who.groups().effective();
            case GETRESUID -> tell(form, caller, who.users());
            case GETRESGID -> tell(form, caller, who.groups());
            case GETGROUPS -> tell(form, caller, who.supplementary());
            case SETGROUPS -> setGroups(form, who, caller);
            case SETFSUID, SETFSGID -> setFileSystemId(form, who, caller);
            case SETUID, SETREUID, SETRESUID -> {
                boolean privileged = who.root() && capabilities.contains(Capability.SETUID);
                yield become(caller, who.withUsers(changed(form, caller, who.users(), privileged)));
            }
            case SETGID, SETREGID, SETRESGID -> {
                boolean privileged = who.mayChangeGroups() && capabilities.contains(Capability.SETGID);
                yield become(caller, who.withGroups(changed(form, caller, who.groups(), privileged)));
            }
            case SETRLIMIT -> 0;
            case PRLIMIT64 -> tellLimit(caller);
            case PRCTL -> become(caller, who.keeping(caller.int32(1) != 0));
            default -> throw new IllegalStateException(form.call().title());
        };
    }

    // ---- owners

    private record Wanted(int uid, int gid) {}

    private static Wanted ids(EmulatedCall.Form form, Caller caller, int first) {
        return new Wanted(
                form.id(caller.call().arguments()[first]), form.id(caller.call().arguments()[first + 1]));
    }

    private long chownPath(Identity who, Caller caller, int directory, int argument, int flags, Wanted wanted)
            throws IOException {
        if ((flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) != 0) {
            throw caller.failure(Errno.EINVAL);
        }
        byte[] path = caller.text(argument);
        if (path.length == 0 && (flags & AT_EMPTY_PATH) != 0 && directory != Linux.AT_FDCWD) {
            return chown(who, caller.openFile(directory), wanted);
        }
        byte[] place = path.length == 0 && (flags & AT_EMPTY_PATH) != 0 ? new byte[] {'.'} : path;
        return chown(who, caller.lookUp(directory, place, (flags & AT_SYMLINK_NOFOLLOW) == 0), wanted);
    }

    private long chown(Identity who, int fd, Wanted wanted) throws IOException {
        try {
            if (!mayChown(who, fd, wanted)) {
                throw new LinuxException("chown", "", Errno.EPERM.number());
            }
            if (owners.keeps(fd)) {
                owners.change(fd, wanted.uid, wanted.gid);
            }
            return 0;
        } finally {
            linux.close(fd);
        }
    }

    private boolean mayChown(Identity who, int fd, Wanted wanted) throws LinuxException {
        if (who.root() && capabilities.contains(Capability.CHOWN)) {
            return true;
        }
        FileOwners.Owner owner = owners.known(FileOwners.itself(fd), () -> fd);
        int me = who.users().fileSystem();
        boolean mine = (owner == null ? 0 : (int) owner.uid()) == me;
        return mine
                && (wanted.uid == Ids.AS_IS || wanted.uid == me)
                && (wanted.gid == Ids.AS_IS || who.memberOf(wanted.gid));
    }

    private long makeDevice(Identity who, Caller caller, int directory, int argument) throws IOException {
        int mode = caller.int32(argument + 1);
        int device = caller.int32(argument + 2);
        int major = (device >>> 8) & 0xfff;
        int minor = (device & 0xff) | (device >>> 12 & 0xfff00);
        boolean character = (mode & 0170000) == CHARACTER_DEVICE;
        boolean whiteout = character && major == 0 && minor == 0; // which in a layer's directory is a removed file
        if (!who.root() || !capabilities.contains(Capability.MKNOD) || whiteout) {
            throw caller.failure(Errno.EPERM);
        }
        byte[] path = caller.text(argument);
        String umask = folders.field(caller.folder(), "Umask:");
        int permissions = mode & 07777 & ~(umask.isEmpty() ? 022 : Integer.parseInt(umask, 8));
        int parent = caller.lookUpParent(directory, path);
        try {
            if (!owners.keeps(parent)) {
                throw caller.failure(Errno.EPERM);
            }
            String what = (character ? "c:" : "b:") + major + ":" + minor;
            owners.makeDevice(parent, Caller.lastName(path), what, permissions, who);
            return 0;
        } finally {
            linux.close(parent);
        }
    }

    // ---- identities

    private static Ids changed(EmulatedCall.Form form, Caller caller, Ids now, boolean privileged)
            throws LinuxException {
        long[] arguments = caller.call().arguments();
        int first = form.id(arguments[0]);
        Optional<Ids> changed =
                switch (form.call()) {
                    case SETUID, SETGID -> {
                        if (first == Ids.AS_IS) {
                            throw caller.failure(Errno.EINVAL);
                        }
                        yield now.set(first, privileged);
                    }
                    case SETREUID, SETREGID -> now.setRealAndEffective(first, form.id(arguments[1]), privileged);
                    default -> now.setAll(first, form.id(arguments[1]), form.id(arguments[2]), privileged);
                };
        return changed.orElseThrow(() -> caller.failure(Errno.EPERM));
    }

    private long become(Caller caller, Identity identity) throws LinuxException {
        identities.change(caller.pid(), identity);
        return 0;
    }

    private long setFileSystemId(EmulatedCall.Form form, Identity who, Caller caller) throws LinuxException {
        boolean user = form.call() == EmulatedCall.SETFSUID;
        Ids now = user ? who.users() : who.groups();
        boolean privileged = user
                ? who.root() && capabilities.contains(Capability.SETUID)
                : who.mayChangeGroups() && capabilities.contains(Capability.SETGID);
        Ids then = now.setFileSystem(form.id(caller.call().arguments()[0]), privileged);
        become(caller, user ? who.withUsers(then) : who.withGroups(then));
        return now.fileSystem();
    }

    private long setGroups(EmulatedCall.Form form, Identity who, Caller caller) throws LinuxException {
        int count = caller.int32(0);
        if (!who.mayChangeGroups() || !capabilities.contains(Capability.SETGID)) {
            throw caller.failure(Errno.EPERM);
        }
        if (count < 0 || count > NGROUPS_MAX) {
            throw caller.failure(Errno.EINVAL);
        }
        int width = form.narrowIds() ? 2 : 4;
        byte[] bytes = new byte[count * width];
        if (count > 0 && linux.readMemory(caller.pid(), caller.call().arguments()[1], bytes) < bytes.length) {
            throw caller.failure(Errno.EFAULT);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        List<Integer> groups = new ArrayList<>();
        while (buffer.hasRemaining()) {
            groups.add(form.narrowIds() ? buffer.getShort() & 0xffff : buffer.getInt());
        }
        return become(caller, who.withSupplementary(groups));
    }

    private long tell(EmulatedCall.Form form, Caller caller, Ids ids) throws LinuxException {
        int[] values = {ids.real(), ids.effective(), ids.saved()};
        for (int i = 0; i < values.length; i++) {
            linux.writeMemory(caller.pid(), caller.call().arguments()[i], encoded(form, List.of(values[i])));
        }
        return 0;
    }

    /** The limit is ours, see {@link Identities}; the old one is told. */
    private long tellLimit(Caller caller) throws LinuxException {
        long old = caller.call().arguments()[3];
        if (old != 0) {
            long limit = identities.limit(caller.pid());
            byte[] both = ByteBuffer.allocate(16)
                    .order(ByteOrder.nativeOrder())
                    .putLong(limit)
                    .putLong(limit)
                    .array();
            linux.writeMemory(caller.pid(), old, both);
        }
        return 0;
    }

    private long tell(EmulatedCall.Form form, Caller caller, List<Integer> groups) throws LinuxException {
        int room = caller.int32(0);
        if (room < 0 || (room > 0 && room < groups.size())) {
            throw caller.failure(Errno.EINVAL);
        }
        if (room > 0 && !groups.isEmpty()) {
            linux.writeMemory(caller.pid(), caller.call().arguments()[1], encoded(form, groups));
        }
        return groups.size();
    }

    private static byte[] encoded(EmulatedCall.Form form, List<Integer> ids) {
        ByteBuffer bytes =
                ByteBuffer.allocate(ids.size() * (form.narrowIds() ? 2 : 4)).order(ByteOrder.nativeOrder());
        for (int id : ids) {
            if (form.narrowIds()) {
                bytes.putShort((short) id);
            } else {
                bytes.putInt(id);
            }
        }
        return bytes.array();
    }
}
