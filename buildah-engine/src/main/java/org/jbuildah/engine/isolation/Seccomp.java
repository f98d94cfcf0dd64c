package org.jbuildah.engine.isolation;

import static org.jbuildah.engine.isolation.BpfInstruction.JUMP_IF_ANY_BIT;
import static org.jbuildah.engine.isolation.BpfInstruction.JUMP_IF_EQUAL;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.linux.Architecture;

/**
 * The seccomp filter of every RUN: Docker's default profile for the capabilities that it has, as an allow list. What is not allowed
 * gives EPERM; {@code clone3} gives ENOSYS, since its flags lie behind a pointer and the C library then falls back to {@code clone}. With
 * SYS_ADMIN both are allowed whatever their flags are.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/seccomp.2.html">seccomp(2)</a>
 * @see <a href="https://docs.docker.com/engine/security/seccomp/">Docker: seccomp profiles</a>
 */
final class Seccomp {
    static final int ALLOW = 0x7fff0000;
    static final int KILL_PROCESS = 0x80000000;
    static final int EPERM = 0x00050001;
    static final int ENOSYS = 0x00050026;

    /** Offsets in {@code struct seccomp_data}; of an argument the low word, on a little-endian machine. */
    static final int NUMBER = 0;

    static final int ARCHITECTURE = 4;
    static final int FIRST_ARGUMENT = 16;

    private static final List<BpfInstruction> ALLOWED = BpfInstruction.give(ALLOW);
    private static final List<BpfInstruction> REFUSED = BpfInstruction.give(EPERM);

    /** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET. */
    static final int NAMESPACES = 0x7e020000;

    /** PER_LINUX and PER_LINUX32, each with and without UNAME26, and the question which it is. */
    static final int[] PERSONALITIES = {0, 0x0008, 0x20000, 0x20008, 0xffffffff};

    /**
     * Address families of socket(2), linux/socket.h. Out are those the kernel no longer has (DECnet 12, Econet 19, ATM SVC 20, IrDA
     * 23, WANPIPE 25, ISDN 34, CAIF 37) and, on purpose, ALG (38) and VSOCK (40): attack surface, and a way to the host.
     */
    static final int[] SOCKET_FAMILIES = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18, 21, 22, 24, 26, 27, 28, 29, 30, 31, 32, 33, 35, 36,
        39, 41, 42, 43, 44, 45
    };

    private Seccomp() {}

    /** The program for seccomp(2), for all ABIs of the architecture. */
    static byte[] filter(Architecture architecture, Set<Capability> capabilities) throws IOException {
        return BpfInstruction.encode(program(architecture, capabilities));
    }

    static List<BpfInstruction> program(Architecture architecture, Set<Capability> capabilities) throws IOException {
        SystemCallTable table = SystemCallTable.read(capabilities);
        boolean namespaces = capabilities.contains(Capability.SYS_ADMIN);
        List<BpfInstruction> program = BpfInstruction.give(KILL_PROCESS); // an ABI that nobody can have asked for
        for (int auditArch : Abi.of(architecture).stream()
                .mapToInt(Abi::auditArch)
                .distinct()
                .toArray()) {
            program = BpfInstruction.choose(JUMP_IF_EQUAL, auditArch, numbers(auditArch, table, namespaces), program);
        }
        return BpfInstruction.after(ARCHITECTURE, program);
    }

    private static List<BpfInstruction> numbers(int auditArch, SystemCallTable table, boolean namespaces) {
        SearchTree tree = new SearchTree(REFUSED);
        for (Abi abi : Abi.values()) {
            if (abi.auditArch() == auditArch) {
                for (Map.Entry<String, Integer> call : table.of(abi).entrySet()) {
                    tree.put(call.getValue(), rule(call.getKey(), namespaces));
                }
            }
        }
        return BpfInstruction.after(NUMBER, tree.compile());
    }

    private static List<BpfInstruction> rule(String call, boolean namespaces) {
        return switch (call) {
            case "clone" ->
                namespaces
                        ? ALLOWED
                        : BpfInstruction.after(
                                FIRST_ARGUMENT, BpfInstruction.choose(JUMP_IF_ANY_BIT, NAMESPACES, REFUSED, ALLOWED));
            case "clone3" -> namespaces ? ALLOWED : BpfInstruction.give(ENOSYS);
            case "personality" -> oneOf(PERSONALITIES);
            case "socket" -> oneOf(SOCKET_FAMILIES);
            default -> ALLOWED;
        };
    }

    private static List<BpfInstruction> oneOf(int[] values) {
        SearchTree tree = new SearchTree(REFUSED);
        for (int value : values) {
            tree.put(value, ALLOWED);
        }
        return BpfInstruction.after(FIRST_ARGUMENT, tree.compile());
    }
}
