package org.jbuildah.engine.host;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.oci.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignProgramsTest {
    private static final Platform OWN = new Platform("linux", "amd64", "");
    private static final String DIRECTORY = "/proc/sys/fs/binfmt_misc/";

    private final FixtureHost host = new FixtureHost();

    private void require(String platform) {
        new ForeignPrograms(host, OWN).require(Platform.parse(platform));
    }

    private void handler(String name, String state, String flags, String magic) {
        host.file(
                DIRECTORY + name,
                state + "\ninterpreter /usr/bin/" + name + "-static\nflags: " + flags + "\noffset 0\nmagic " + magic
                        + "\nmask ffffffffffffff00fffffffffffffffffeffffff\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux/amd64", "linux/amd64/v2", "linux/386"})
    void ownProgramsNeedNoHandler(String platform) {
        assertThatCode(() -> require(platform)).doesNotThrowAnyException();
    }

    @Test
    void aHandlerThatTheKernelHoldsOpenIsEnough() {
        handler("qemu-aarch64", "enabled", "OCF", "7f454c460201010000000000000000000200b700");
        handler("qemu-s390x", "enabled", "F", "7f454c4602020100000000000000000000020016");

        assertThatCode(() -> require("linux/arm64")).doesNotThrowAnyException();
    }

    @Test
    void aMissingHandlerIsNamed() {
        handler("qemu-riscv64", "enabled", "F", "7f454c460201010000000000000000000200f300");
        host.file(DIRECTORY + "status", "enabled\n");

        assertThatExceptionOfType(HostUnsuitable.class)
                .isThrownBy(() -> require("linux/arm64"))
                .withMessage("RUN cannot be run on this machine in an image for linux/arm64:"
                        + " binfmt_misc has no handler qemu-aarch64 for its programs.")
                .satisfies(letter -> org.assertj.core.api.Assertions.assertThat(letter.code())
                        .isEqualTo(FailureCode.HOST_UNSUITABLE));
    }

    @Test
    void aHandlerThatIsSwitchedOffIsNone() {
        handler("qemu-arm", "disabled", "F", "7f454c4601010100000000000000000002002800");

        assertThatExceptionOfType(HostUnsuitable.class)
                .isThrownBy(() -> require("linux/arm/v7"))
                .withMessageContaining("no handler qemu-arm ");
    }

    @Test
    void aHandlerThatWouldHaveToBeInTheImageIsToldByItsFlag() {
        handler("qemu-aarch64", "enabled", "OC", "7f454c460201010000000000000000000200b700");

        assertThatExceptionOfType(HostUnsuitable.class)
                .isThrownBy(() -> require("linux/arm64"))
                .withMessageContaining("qemu-aarch64 of binfmt_misc lacks the flag F");
    }

    @Test
    void anotherOperatingSystemIsNeverRun() {
        assertThatExceptionOfType(HostUnsuitable.class)
                .isThrownBy(() -> require("windows/amd64"))
                .withMessageContaining("it is no Linux");
    }
}
