package org.jbuildah.engine.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.linux.Architecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SeccompTest {
    private static final Set<String> BY_ARGUMENT = Set.of("clone", "clone3", "personality", "socket");
    private static final long ANY_ARGUMENT =
            0; // an argument with which every conditional call but clone3 is allowed or refused alike

    private static BpfMachine machine(Architecture architecture) throws IOException {
        return new BpfMachine(Seccomp.filter(architecture, Capability.DEFAULT));
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void everyNumberOfEveryAbiIsDecidedAsTheTableSays(Architecture architecture) throws IOException {
        BpfMachine machine = machine(architecture);
        SystemCallTable table = SystemCallTable.read(Capability.DEFAULT);
        for (Abi abi : Abi.of(architecture)) {
            Map<Integer, String> names = new HashMap<>();
            table.of(abi).forEach((name, number) -> names.put(number, name));
            assertThat(names).as("numbers of %s", abi).hasSizeGreaterThan(240);
            for (int plain = 0; plain < 1200; plain++) {
                int number = abi.number(plain);
                String name = names.get(number);
                if (name == null || !BY_ARGUMENT.contains(name)) {
                    assertThat(machine.run(abi.auditArch(), number, ANY_ARGUMENT))
                            .as("%s %s %d", abi, name, plain)
                            .isEqualTo(name == null ? Seccomp.EPERM : Seccomp.ALLOW);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void theProgramIsOneTheKernelTakes(Architecture architecture) throws IOException {
        assertThat(machine(architecture).valid()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void everyConditionHoldsOnEveryAbi(Architecture architecture) throws IOException {
        BpfMachine machine = machine(architecture);
        SystemCallTable table = SystemCallTable.read(Capability.DEFAULT);
        for (Abi abi : Abi.of(architecture)) {
            Map<String, Integer> calls = table.of(abi);
            int clone = calls.getOrDefault("clone", -1);
            int arch = abi.auditArch();
            assertThat(machine.run(arch, clone, 0x01200011)).isEqualTo(Seccomp.ALLOW); // fork
            assertThat(machine.run(arch, clone, 0x003d0f00)).isEqualTo(Seccomp.ALLOW); // a thread
            for (long namespace :
                    new long[] {0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000}) {
                assertThat(machine.run(arch, clone, namespace | 17)).isEqualTo(Seccomp.EPERM);
            }
            assertThat(machine.run(arch, calls.getOrDefault("clone3", -1), 0)).isEqualTo(Seccomp.ENOSYS);
            int personality = calls.getOrDefault("personality", -1);
            assertThat(machine.run(arch, personality, 0xffffffffL)).isEqualTo(Seccomp.ALLOW);
            assertThat(machine.run(arch, personality, 8)).isEqualTo(Seccomp.ALLOW);
            assertThat(machine.run(arch, personality, 0x0040000)).isEqualTo(Seccomp.EPERM); // ADDR_NO_RANDOMIZE
            int socket = calls.getOrDefault("socket", -1);
            for (long family : new long[] {1, 2, 10, 16, 45}) {
                assertThat(machine.run(arch, socket, family)).isEqualTo(Seccomp.ALLOW);
            }
            for (long family : new long[] {0, 12, 38, 40, 46, 0xffffffffL}) {
                assertThat(machine.run(arch, socket, family)).isEqualTo(Seccomp.EPERM);
            }
        }
    }

    /** Numbers written down by hand, so that a slip in the table does not vouch for itself. */
    @ParameterizedTest
    @CsvSource({
        "X86_64, 0xC000003E, 59, true", // execve
        "X86_64, 0xC000003E, 165, false", // mount
        "X86_64, 0xC000003E, 272, false", // unshare
        "X86_64, 0xC000003E, 308, false", // setns
        "X86_64, 0xC000003E, 321, false", // bpf
        "X86_64, 0xC000003E, 250, false", // keyctl
        "X86_64, 0xC000003E, 304, false", // open_by_handle_at
        "X86_64, 0xC000003E, 425, false", // io_uring_setup
        "X86_64, 0xC000003E, 161, true", // chroot
        "X86_64, 0xC000003E, 101, true", // ptrace
        "X86_64, 0xC000003E, 133, true", // mknod
        "X86_64, 0x40000003, 11, true", // i386 execve
        "X86_64, 0x40000003, 21, false", // i386 mount
        "X86_64, 0x40000003, 310, false", // i386 unshare
        "X86_64, 0xC000003E, 0x40000208, true", // x32 execve
        "X86_64, 0xC000003E, 0x400000a5, false", // x32 mount
        "AARCH64, 0xC00000B7, 221, true", // execve
        "AARCH64, 0xC00000B7, 40, false", // mount
        "AARCH64, 0xC00000B7, 97, false", // unshare
        "AARCH64, 0xC00000B7, 33, true", // mknodat
        "AARCH64, 0x40000028, 11, true", // arm execve
        "AARCH64, 0x40000028, 21, false", // arm mount
        "AARCH64, 0x40000028, 0xf0005, true", // arm set_tls
    })
    void wellKnownCalls(Architecture architecture, String auditArch, String number, boolean allowed)
            throws IOException {
        int action = machine(architecture).run(Long.decode(auditArch).intValue(), Integer.decode(number), 0);
        assertThat(action).isEqualTo(allowed ? Seccomp.ALLOW : Seccomp.EPERM);
    }

    /** Numbers written down by hand, as above. */
    @ParameterizedTest
    @CsvSource({
        "X86_64, 0xC000003E, SYS_ADMIN, 165", // mount
        "X86_64, 0xC000003E, SYS_ADMIN, 272", // unshare
        "X86_64, 0xC000003E, SYS_ADMIN, 321", // bpf
        "X86_64, 0xC000003E, BPF, 321",
        "X86_64, 0xC000003E, SYSLOG, 103", // syslog
        "X86_64, 0xC000003E, DAC_READ_SEARCH, 304", // open_by_handle_at
        "X86_64, 0xC000003E, SYS_TIME, 227", // clock_settime
        "X86_64, 0x40000003, SYS_ADMIN, 21", // i386 mount
        "AARCH64, 0xC00000B7, SYS_ADMIN, 40", // mount
        "AARCH64, 0x40000028, SYS_BOOT, 88", // arm reboot
    })
    void aCapabilityOpensTheCallsThatItIsFor(
            Architecture architecture, String auditArch, Capability capability, int number) throws IOException {
        int arch = Long.decode(auditArch).intValue();
        BpfMachine open = new BpfMachine(Seccomp.filter(architecture, Set.of(capability)));

        assertThat(open.valid()).isTrue();
        assertThat(open.run(arch, number, 0)).isEqualTo(Seccomp.ALLOW);
        assertThat(machine(architecture).run(arch, number, 0)).isEqualTo(Seccomp.EPERM);
    }

    @Test
    void newNamespacesAreForTheAdministratorOnly() throws IOException {
        BpfMachine open = new BpfMachine(Seccomp.filter(Architecture.X86_64, Set.of(Capability.SYS_ADMIN)));

        assertThat(open.run(0xC000003E, 56, 0x10000000)).isEqualTo(Seccomp.ALLOW); // clone, CLONE_NEWUSER
        assertThat(open.run(0xC000003E, 435, 0)).isEqualTo(Seccomp.ALLOW); // clone3
    }

    @Test
    void anotherArchitectureIsKilled() throws IOException {
        assertThat(machine(Architecture.X86_64).run(0xC00000B7, 0, 0)).isEqualTo(Seccomp.KILL_PROCESS);
        assertThat(machine(Architecture.AARCH64).run(0xC000003E, 0, 0)).isEqualTo(Seccomp.KILL_PROCESS);
    }

    @Property(tries = 200)
    void aSearchTreeIsTheMapItWasMadeOf(@ForAll Map<Integer, Byte> map, @ForAll int other) {
        SearchTree tree = new SearchTree(BpfInstruction.give(1000));
        Map<Integer, Integer> expected = new TreeMap<>();
        map.forEach((number, answer) -> {
            tree.put(number, BpfInstruction.give(answer));
            expected.put(number, (int) answer);
        });
        List<BpfInstruction> program = new ArrayList<>(List.of(BpfInstruction.load(0)));
        program.addAll(tree.compile());
        BpfMachine machine = new BpfMachine(BpfInstruction.encode(program));

        assertThat(machine.valid()).isTrue();
        for (int number : expected.keySet()) {
            for (int near : new int[] {number - 1, number, number + 1}) {
                assertThat(machine.run(0, near, 0)).isEqualTo(expected.getOrDefault(near, 1000));
            }
        }
        assertThat(machine.run(0, other, 0)).isEqualTo(expected.getOrDefault(other, 1000));
    }
}
