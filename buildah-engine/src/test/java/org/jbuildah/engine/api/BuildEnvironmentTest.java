package org.jbuildah.engine.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildEnvironmentTest {
    private static BuildEnvironment environment(String... namesAndValues) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            variables.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new BuildEnvironment(variables);
    }

    @Test
    void ourWordCountsBeforeBuildahsAndBuildahsBeforeWerfs() {
        String[] all = {
            "WERF_BUILDAH_MODE", "docker-with-fuse", "BUILDAH_ISOLATION", "chroot", "BUILDAH_MODE", "native-rootless"
        };

        assertThat(environment(all).mode()).contains(BuildMode.NATIVE_ROOTLESS);
        assertThat(environment(all[0], all[1], all[2], all[3]).mode()).contains(BuildMode.NATIVE_CHROOT);
        assertThat(environment(all[0], all[1]).mode()).contains(BuildMode.DOCKER_WITH_FUSE);
        assertThat(environment().mode()).isEmpty();
        assertThat(environment("BUILDAH_MODE", "", "BUILDAH_ISOLATION", "oci").mode())
                .contains(BuildMode.NATIVE_ROOTLESS);
    }

    @ParameterizedTest
    @CsvSource({"auto, AUTO", "default, AUTO", "native-chroot, NATIVE_CHROOT", "native-rootless, NATIVE_ROOTLESS"})
    void werfsWordsMeanWhatTheyMeanToWerf(String word, BuildMode mode) {
        assertThat(environment("WERF_BUILDAH_MODE", word).mode()).contains(mode);
    }

    @Test
    void werfsDockerIsNoModeOfOurs() {
        assertThat(environment("WERF_BUILDAH_MODE", "docker").mode()).isEmpty();
    }

    @Test
    void aWordThatIsNoneIsRefusedByTheVariablesName() {
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> environment("WERF_BUILDAH_MODE", "kaniko").mode())
                .withMessage("The environment variable WERF_BUILDAH_MODE is \"kaniko\".");
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> environment("STORAGE_DRIVER", "btrfs").storageDriver())
                .withMessageContaining("STORAGE_DRIVER");
    }

    @Test
    void whatIsOverruledIsNotRead() {
        assertThat(environment("BUILDAH_MODE", "auto", "WERF_BUILDAH_MODE", "kaniko")
                        .mode())
                .contains(BuildMode.AUTO);
    }

    @Test
    void driversHaveTheSameOrder() {
        assertThat(environment("STORAGE_DRIVER", "overlay2", "WERF_BUILDAH_STORAGE_DRIVER", "vfs")
                        .storageDriver())
                .contains(StorageDriver.OVERLAY);
        assertThat(environment("WERF_BUILDAH_STORAGE_DRIVER", "vfs").storageDriver())
                .contains(StorageDriver.VFS);
        assertThat(environment("WERF_BUILDAH_STORAGE_DRIVER", "default").storageDriver())
                .contains(StorageDriver.AUTO);
    }

    @Test
    void storageOptionsMayNameTheFileSystemInUserSpace() {
        BuildEnvironment environment = environment(
                "STORAGE_OPTS", "overlay.mount_program=/usr/bin/fuse-overlayfs,overlay.mountopt=nodev,fsync=0");

        assertThat(environment.modes().fuseProgram()).isEqualTo(Path.of("/usr/bin/fuse-overlayfs"));
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() ->
                        environment("STORAGE_OPTS", "overlay.imagestore=/mnt").modes())
                .withMessageContaining("overlay.imagestore=/mnt");
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() ->
                        environment("STORAGE_OPTS", "overlay.mountopt=index=on").modes());
        assertThatExceptionOfType(RequestInvalid.class)
                .isThrownBy(() -> environment("STORAGE_OPTS", "overlay.mount_program=fuse")
                        .modes())
                .withMessageContaining("no absolute path");
    }

    @Test
    void werfsUlimitsComeInBothSyntaxes() {
        assertThat(environment("WERF_BUILDAH_ULIMIT", "nofile=1024:4096, nproc:100:200,core:0")
                        .ulimits())
                .extracting(Ulimit::toString)
                .containsExactly("nofile=1024:4096", "nproc=100:200", "core=0:0");
        assertThat(environment().ulimits()).isEmpty();
    }
}
