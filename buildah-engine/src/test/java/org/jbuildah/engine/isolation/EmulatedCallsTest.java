package org.jbuildah.engine.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.linux.Architecture;
import org.jbuildah.engine.linux.NotedCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmulatedCallsTest {
    private static final int X86_64 = 0xC000003E;
    private static final int I386 = 0x40000003;
    private static final int AARCH64 = 0xC00000B7;
    private static final long[] NO_ARGUMENTS = new long[6];

    private static BpfMachine machine(Architecture architecture, boolean listening) throws IOException {
        EmulatedCalls calls = new EmulatedCalls(architecture, true);
        return new BpfMachine(listening ? calls.listening() : calls.silent());
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void whatTheKernelHandsOverIsWhatWeCanName(Architecture architecture) throws IOException {
        EmulatedCalls calls = new EmulatedCalls(architecture, true);
        BpfMachine machine = machine(architecture, true);
        assertThat(machine.valid()).isTrue();
        int handedOver = 0;
        for (Abi abi : Abi.of(architecture)) {
            Map<Integer, String> names = new HashMap<>();
            SystemCallTable.read(Set.of(Capability.values()))
                    .of(abi)
                    .forEach((name, number) -> names.put(number, name));
            for (int plain = 0; plain < 1200; plain++) {
                int number = abi.number(plain);
                NotedCall noted = new NotedCall(1, 1, abi.auditArch(), number, NO_ARGUMENTS);
                boolean ours = calls.find(noted)
                        .filter(form -> form.call().condition().isEmpty())
                        .isPresent();
                assertThat(machine.run(abi.auditArch(), number, 0))
                        .as("%s %s", abi, names.get(number))
                        .isEqualTo(ours ? EmulatedCalls.NOTIFY : Seccomp.ALLOW);
                handedOver += ours ? 1 : 0;
            }
        }
        assertThat(handedOver).isGreaterThan(30);
    }

    @Test
    void chownOfEveryAbiOfAnIntelMachineIsHandedOver() throws IOException {
        BpfMachine machine = machine(Architecture.X86_64, true);
        assertThat(machine.run(X86_64, 92, 0)).isEqualTo(EmulatedCalls.NOTIFY);
        assertThat(machine.run(X86_64, 92 | 0x40000000, 0)).isEqualTo(EmulatedCalls.NOTIFY);
        assertThat(machine.run(I386, 212, 0)).isEqualTo(EmulatedCalls.NOTIFY);
        assertThat(machine.run(X86_64, 0, 0)).isEqualTo(Seccomp.ALLOW); // read
        assertThat(machine(Architecture.AARCH64, true).run(AARCH64, 54, 0)).isEqualTo(EmulatedCalls.NOTIFY);
    }

    @Test
    void onlyDevicesAreMadeByUs() throws IOException {
        BpfMachine machine = machine(Architecture.X86_64, true);
        int mknodat = 259;
        assertThat(machine.run(X86_64, mknodat, 0, 0, 0020666, 0x103)).isEqualTo(EmulatedCalls.NOTIFY);
        assertThat(machine.run(X86_64, mknodat, 0, 0, 0060660, 0x801)).isEqualTo(EmulatedCalls.NOTIFY);
        assertThat(machine.run(X86_64, mknodat, 0, 0, 0010644, 0)).isEqualTo(Seccomp.ALLOW); // a FIFO
        assertThat(machine.run(X86_64, mknodat, 0, 0, 0140755, 0)).isEqualTo(Seccomp.ALLOW); // a socket
        assertThat(machine.run(X86_64, mknodat, 0, 0, 0100644, 0)).isEqualTo(Seccomp.ALLOW); // a regular file
    }

    @Test
    void theLimitThatHoldsIdentitiesIsNotAProcesss() throws IOException {
        BpfMachine machine = machine(Architecture.X86_64, true);
        int rttime = 15;
        int nofile = 7;
        assertThat(machine.run(X86_64, 160, rttime)).isEqualTo(EmulatedCalls.NOTIFY); // setrlimit
        assertThat(machine.run(X86_64, 160, nofile)).isEqualTo(Seccomp.ALLOW);
        assertThat(machine.run(X86_64, 302, 0, rttime)).isEqualTo(EmulatedCalls.NOTIFY); // prlimit64
        assertThat(machine.run(X86_64, 302, rttime, nofile)).isEqualTo(Seccomp.ALLOW);
        assertThat(machine(Architecture.X86_64, false).run(X86_64, 302, 0, rttime))
                .isEqualTo(Seccomp.ALLOW);
    }

    @Test
    void ofPrctlOnlyKeepcapsIsOurs() throws IOException {
        BpfMachine machine = machine(Architecture.X86_64, true);
        int keepcaps = 8;
        int name = 15;
        assertThat(machine.run(X86_64, 157, keepcaps)).isEqualTo(EmulatedCalls.NOTIFY);
        assertThat(machine.run(X86_64, 157, name)).isEqualTo(Seccomp.ALLOW);
    }

    @Test
    void whereNobodyMayListenChangesSucceedAndQuestionsAreAnsweredByTheKernel() throws IOException {
        BpfMachine machine = machine(Architecture.X86_64, false);
        assertThat(machine.valid()).isTrue();
        assertThat(machine.run(X86_64, 92, 0)).isEqualTo(EmulatedCalls.SUCCEED);
        assertThat(machine.run(X86_64, 105, 0)).isEqualTo(EmulatedCalls.SUCCEED); // setuid
        assertThat(machine.run(X86_64, 102, 0)).isEqualTo(Seccomp.ALLOW); // getuid
        assertThat(machine.run(X86_64, 133, 0, 0020666)).isEqualTo(Seccomp.ALLOW); // mknod: refused by the kernel
    }

    @Test
    void oldCallsOfThirtyTwoBitAbisHaveShortIds() throws IOException {
        EmulatedCalls calls = new EmulatedCalls(Architecture.X86_64, true);
        EmulatedCall.Form old =
                calls.find(new NotedCall(1, 1, I386, 182, NO_ARGUMENTS)).orElseThrow();
        EmulatedCall.Form wide =
                calls.find(new NotedCall(1, 1, I386, 212, NO_ARGUMENTS)).orElseThrow();
        assertThat(old.call()).isEqualTo(wide.call()).isEqualTo(EmulatedCall.CHOWN);
        assertThat(old.id(0xffff)).isEqualTo(Ids.AS_IS);
        assertThat(wide.id(0xffff)).isEqualTo(65535);
        assertThat(wide.id(0xffffffffL)).isEqualTo(Ids.AS_IS);
    }
}
