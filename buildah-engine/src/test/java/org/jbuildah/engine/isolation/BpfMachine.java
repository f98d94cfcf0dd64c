package org.jbuildah.engine.isolation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs a seccomp filter as the kernel does, on encoded bytes, and is strict where the kernel's verifier is. */
final class BpfMachine {
    private final ByteBuffer program;

    BpfMachine(byte[] program) {
        this.program = ByteBuffer.wrap(program).order(ByteOrder.nativeOrder());
    }

    int length() {
        return program.capacity() / 8;
    }

    /** The action for a call; arguments that are not given are 0. */
    int run(int auditArch, int number, long... arguments) {
        ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(number).putInt(auditArch).putLong(0);
        for (long argument : arguments) {
            data.putLong(argument);
        }
        int accumulator = 0;
        int at = 0;
        while (true) {
            int code = program.getShort(at * 8) & 0xffff;
            int ifTrue = program.get(at * 8 + 2) & 0xff;
            int ifFalse = program.get(at * 8 + 3) & 0xff;
            int operand = program.getInt(at * 8 + 4);
            at++;
            switch (code) {
                case 0x20 -> accumulator = data.getInt(operand);
                case 0x05 -> at += operand;
                case 0x15 -> at += accumulator == operand ? ifTrue : ifFalse;
                case 0x35 -> at += Integer.compareUnsigned(accumulator, operand) >= 0 ? ifTrue : ifFalse;
                case 0x45 -> at += (accumulator & operand) != 0 ? ifTrue : ifFalse;
                case 0x06 -> {
                    return operand;
                }
                default -> throw new AssertionError("instruction " + code);
            }
        }
    }

    /** What the kernel checks when a filter is installed: every jump stays inside and the last instruction returns. */
    boolean valid() {
        for (int at = 0; at < length(); at++) {
            int code = program.getShort(at * 8) & 0xffff;
            int farthest = code == 0x05
                    ? program.getInt(at * 8 + 4)
                    : (code & 7) == 5 ? Math.max(program.get(at * 8 + 2) & 0xff, program.get(at * 8 + 3) & 0xff) : 0;
            if (at + 1 + farthest > length() - (code == 0x06 ? 0 : 1)) {
                return false;
            }
        }
        return length() <= 4096;
    }
}
