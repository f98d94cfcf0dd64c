package org.jbuildah.engine.isolation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * One {@code struct sock_filter}. Jumps are relative and forward, and every block we build ends in a return, so blocks can be put
 * together without labels.
 *
 * @see <a href="https://docs.kernel.org/networking/filter.html">Linux socket filtering</a>; linux/bpf_common.h
 */
record BpfInstruction(int code, int ifTrue, int ifFalse, int operand) {
    static final int LOAD_WORD = 0x20;
    static final int JUMP = 0x05;
    static final int JUMP_IF_EQUAL = 0x15;
    static final int JUMP_IF_AT_LEAST = 0x35;
    static final int JUMP_IF_ANY_BIT = 0x45;
    static final int RETURN = 0x06;

    /** Offsets of conditional jumps are one byte. */
    private static final int FARTHEST = 255;

    static BpfInstruction load(int offset) {
        return new BpfInstruction(LOAD_WORD, 0, 0, offset);
    }

    static List<BpfInstruction> give(int value) {
        return List.of(new BpfInstruction(RETURN, 0, 0, value));
    }

    /** {@code if (accumulator <test> operand) then… else …}; a long block is stepped over by an unconditional jump. */
    static List<BpfInstruction> choose(
            int test, int operand, List<BpfInstruction> then, List<BpfInstruction> otherwise) {
        List<BpfInstruction> program = new ArrayList<>();
        if (then.size() <= FARTHEST) {
            program.add(new BpfInstruction(test, 0, then.size(), operand));
        } else {
            program.add(new BpfInstruction(test, 1, 0, operand));
            program.add(new BpfInstruction(JUMP, 0, 0, then.size()));
        }
        program.addAll(then);
        program.addAll(otherwise);
        return program;
    }

    /** The block, with the word at an offset in the accumulator. */
    static List<BpfInstruction> after(int offset, List<BpfInstruction> block) {
        List<BpfInstruction> program = new ArrayList<>(List.of(load(offset)));
        program.addAll(block);
        return program;
    }

    static byte[] encode(List<BpfInstruction> program) {
        ByteBuffer bytes = ByteBuffer.allocate(program.size() * 8).order(ByteOrder.nativeOrder());
        for (BpfInstruction instruction : program) {
            bytes.putShort((short) instruction.code)
                    .put((byte) instruction.ifTrue)
                    .put((byte) instruction.ifFalse)
                    .putInt(instruction.operand);
        }
        return bytes.array();
    }
}
