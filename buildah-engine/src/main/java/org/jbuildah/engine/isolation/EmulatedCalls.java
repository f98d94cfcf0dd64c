package org.jbuildah.engine.isolation;

import static org.jbuildah.engine.isolation.BpfInstruction.JUMP_IF_EQUAL;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.linux.Architecture;
import org.jbuildah.engine.linux.NotedCall;
import org.jspecify.annotations.Nullable;

/**
 * Which system calls reach us where one id is all there is, in every ABI of an architecture. All others stay in the kernel. The filter
 * stands beside {@link Seccomp}, whose refusals win.
 *
 * @see EmulatedIds
 */
final class EmulatedCalls {
    static final int NOTIFY = 0x7fc00000;

    /** SECCOMP_RET_ERRNO with the error number 0: the call does nothing and succeeds. */
    static final int SUCCEED = 0x00050000;

    private static final List<BpfInstruction> LET_BE = BpfInstruction.give(Seccomp.ALLOW);

    private record Key(int auditArch, int number) {}

    private final Architecture architecture;
    private final Map<Key, EmulatedCall.Form> forms = new HashMap<>();

    /** @param takesBack whether the kernel can be told to do a call after all */
    EmulatedCalls(Architecture architecture, boolean takesBack) throws IOException {
        this.architecture = architecture;
        SystemCallTable table = SystemCallTable.read(Set.of(Capability.values()));
        for (Abi abi : Abi.of(architecture)) {
            Map<String, Integer> numbers = table.of(abi);
            for (EmulatedCall call : EmulatedCall.values()) {
                if ((call.mostlyTheKernels() && !takesBack) || (call.asksForFile() && abi.narrow())) {
                    continue;
                }
                boolean twoWidths = numbers.containsKey(call.wideTitle());
                put(abi, numbers.get(call.title()), new EmulatedCall.Form(call, twoWidths));
                put(abi, numbers.get(call.wideTitle()), new EmulatedCall.Form(call, false));
            }
        }
    }

    private void put(Abi abi, @Nullable Integer number, EmulatedCall.Form form) {
        if (number != null) {
            forms.put(new Key(abi.auditArch(), number), form);
        }
    }

    Optional<EmulatedCall.Form> find(NotedCall call) {
        return Optional.ofNullable(forms.get(new Key(call.auditArch(), call.number())));
    }

    /** The program for a kernel that lets us answer. */
    byte[] listening() {
        return BpfInstruction.encode(program(true));
    }

    /** The program for one that does not: what would change an id succeeds and changes nothing, what asks is told the truth. */
    byte[] silent() {
        return BpfInstruction.encode(program(false));
    }

    List<BpfInstruction> program(boolean listening) {
        List<BpfInstruction> program = LET_BE;
        for (int auditArch : Abi.of(architecture).stream()
                .mapToInt(Abi::auditArch)
                .distinct()
                .toArray()) {
            SearchTree tree = new SearchTree(LET_BE);
            forms.forEach((key, form) -> {
                if (key.auditArch == auditArch) {
                    tree.put(key.number, rule(form.call(), listening));
                }
            });
            List<BpfInstruction> numbers = BpfInstruction.after(Seccomp.NUMBER, tree.compile());
            program = BpfInstruction.choose(JUMP_IF_EQUAL, auditArch, numbers, program);
        }
        return BpfInstruction.after(Seccomp.ARCHITECTURE, program);
    }

    private static List<BpfInstruction> rule(EmulatedCall call, boolean listening) {
        Optional<EmulatedCall.Condition> condition = call.condition();
        if (!listening && (call.asks() || condition.isPresent() || call.mostlyTheKernels())) {
            return LET_BE;
        }
        List<BpfInstruction> ours = BpfInstruction.give(listening ? NOTIFY : SUCCEED);
        return condition.map(only -> only(only, ours)).orElse(ours);
    }

    private static List<BpfInstruction> only(EmulatedCall.Condition condition, List<BpfInstruction> ours) {
        int word = Seccomp.FIRST_ARGUMENT + 8 * condition.argument();
        return BpfInstruction.after(word, BpfInstruction.choose(condition.test(), condition.operand(), ours, LET_BE));
    }
}
