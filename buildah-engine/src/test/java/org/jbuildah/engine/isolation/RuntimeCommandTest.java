package org.jbuildah.engine.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeCommandTest {
    @ParameterizedTest
    @CsvSource({
        "CRUN,crun --root /s --log file:/l --log-format json --cgroup-manager disabled --x run --bundle /b --no-new-keyring step-1",
        "RUNC,runc --root /s --log /l --log-format json --rootless true --x run --bundle /b --no-new-keyring step-1",
        "KATA,kata-runtime --root /s --log /l --log-format json --x run --bundle /b step-1",
        "RUNSC,runsc --root /s --log /l --log-format json --rootless --network=host --ignore-cgroups --x run --bundle /b step-1",
        "OTHER,oci --root /s --log /l --log-format json --x run --bundle /b step-1"
    })
    void eachRuntimeHasItsCommandLine(RuntimeKind kind, String expected) {
        String program = kind == RuntimeKind.OTHER ? "oci" : kind.program();
        RuntimeCommand command = new RuntimeCommand(kind, program, List.of("--x"));
        assertThat(String.join(" ", command.run("/b", "/s", "/l", "step-1"))).isEqualTo(expected);
    }
}
