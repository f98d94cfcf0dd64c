package org.jbuildah.engine.build;

import java.util.List;
import java.util.Set;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.dockerfile.Flag;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.dockerfile.WordLexer;

/** From an instruction to its step. What is not executed yet is refused here, by name. */
final class StepFactory implements Instruction.Visitor<Step> {
    private static final Set<String> RUN_FLAGS = Set.of("mount", "network", "security");

    private final ConfigSteps config;

    StepFactory(WordLexer lexer) {
        this.config = new ConfigSteps(lexer);
    }

    @Override
    public Step from(Instruction.From instruction) {
        throw new IllegalArgumentException("FROM begins a stage and is no step: " + instruction.source());
    }

    @Override
    public Step arg(Instruction.Arg instruction) {
        return config.arg(instruction);
    }

    @Override
    public Step env(Instruction.Env instruction) {
        return config.env(instruction);
    }

    @Override
    public Step label(Instruction.Label instruction) {
        return config.label(instruction);
    }

    @Override
    public Step maintainer(Instruction.Maintainer instruction) {
        return config.maintainer(instruction);
    }

    @Override
    public Step run(Instruction.Run instruction) {
        instruction.flags().forEach(flag -> refuseWhatNeedsLeave(flag, instruction));
        refuseFlags("RUN", instruction.flags(), RUN_FLAGS, instruction);
        return new RunStep(instruction);
    }

    @Override
    public Step transfer(Instruction.Transfer instruction) {
        return new TransferStep(instruction);
    }

    @Override
    public Step workdir(Instruction.Workdir instruction) {
        return new WorkdirStep(instruction);
    }

    @Override
    public Step user(Instruction.User instruction) {
        return config.user(instruction);
    }

    @Override
    public Step shell(Instruction.Shell instruction) {
        return config.shell(instruction);
    }

    @Override
    public Step cmd(Instruction.Cmd instruction) {
        return config.cmd(instruction);
    }

    @Override
    public Step entrypoint(Instruction.Entrypoint instruction) {
        return config.entrypoint(instruction);
    }

    @Override
    public Step expose(Instruction.Expose instruction) {
        return config.expose(instruction);
    }

    @Override
    public Step volume(Instruction.Volume instruction) {
        return config.volume(instruction);
    }

    @Override
    public Step stopSignal(Instruction.StopSignal instruction) {
        return config.stopSignal(instruction);
    }

    @Override
    public Step healthcheck(Instruction.Healthcheck instruction) {
        return config.healthcheck(instruction);
    }

    @Override
    public Step onBuild(Instruction.OnBuild instruction) {
        return config.onBuild(instruction);
    }

    /** What a Dockerfile cannot grant itself; BuildKit asks for an entitlement. */
    private static void refuseWhatNeedsLeave(Flag flag, Instruction instruction) {
        if (flag.name().equals("device")) {
            throw refusal(
                    "RUN --device=" + flag.value() + " asks for a device of the machine, and none is lent out.",
                    "Remove the flag; a RUN has null, zero, full, random, urandom, tty and terminals of its own.",
                    instruction);
        }
        if (flag.name().equals("security") && !flag.value().equals("sandbox")) {
            throw refusal(
                    "RUN --security=" + flag.value() + " asks for a process outside of its sandbox.",
                    "Remove the flag: a Dockerfile cannot grant itself what its builder was not granted.",
                    instruction);
        }
    }

    private static void refuseFlags(String keyword, List<Flag> flags, Set<String> executed, Instruction instruction) {
        for (Flag flag : flags) {
            if (!executed.contains(flag.name())) {
                refuse(keyword + " --" + flag.name(), instruction);
            }
        }
    }

    private static void refuse(String what, Instruction instruction) {
        throw refusal(
                what + " is valid, but this version of the builder does not execute it.",
                "The manual's page \"Dockerfile support\" says what is executed.",
                instruction);
    }

    private static DockerfileInvalid refusal(String what, String remedy, Instruction instruction) {
        return new DockerfileInvalid(FailureCode.INSTRUCTION_NOT_SUPPORTED, what, remedy).at(instruction.source());
    }
}
