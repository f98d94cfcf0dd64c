package org.jbuildah.maven.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.api.BuildMode;
import org.jbuildah.engine.api.ModeOptions;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.api.RuntimeOptions;
import org.jbuildah.engine.api.StorageDriver;
import org.junit.jupiter.api.Test;

class ModeConfigurationTest {
    private final ModeConfiguration modes = new ModeConfiguration();

    @Test
    void aWordThatIsNoneIsRefusedWithThoseThatAre() {
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> modes.mode("rootless").options(Map.of()))
                .withMessage(
                        "<mode> is \"rootless\", which is none of auto, docker-with-fuse, native-chroot, native-rootless.");
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> new ModeConfiguration().storageDriver("btrfs").options(Map.of()))
                .withMessageContaining("auto, overlay, vfs");
    }

    @Test
    void theParameterCountsBeforeTheEnvironment() {
        Map<String, String> environment = Map.of("BUILDAH_MODE", "native-rootless", "STORAGE_DRIVER", "vfs");

        assertThat(modes.options(environment))
                .isEqualTo(
                        ModeOptions.DEFAULT.withMode(BuildMode.NATIVE_ROOTLESS).withStorageDriver(StorageDriver.VFS));
        assertThat(modes.mode("auto").storageDriver("overlay").options(environment))
                .isEqualTo(ModeOptions.DEFAULT.withStorageDriver(StorageDriver.OVERLAY));
    }

    @Test
    void whatIsAllowedIsPassedOn() {
        ModeOptions options = modes.allowWeakIsolation(true)
                .allowNestedRuntime(true)
                .storageOptions(List.of("overlay.mount_program=/opt/fuse"))
                .options(Map.of());

        assertThat(options)
                .isEqualTo(ModeOptions.DEFAULT
                        .withFuseProgram(Path.of("/opt/fuse"))
                        .withAllowWeakIsolation(true)
                        .withAllowNestedRuntime(true));
    }

    @Test
    void theRuntimeIsTheParametersOrTheEnvironments() {
        assertThat(modes.options(Map.of("BUILDAH_RUNTIME", "crun")).runtime())
                .isEqualTo(new RuntimeOptions("crun", List.of()));
        assertThat(modes.runtime("/opt/runc", List.of("log-level=debug", "--systemd-cgroup"))
                        .options(Map.of("BUILDAH_RUNTIME", "crun"))
                        .runtime())
                .isEqualTo(new RuntimeOptions("/opt/runc", List.of("--log-level=debug", "--systemd-cgroup")));
    }
}
