package org.jbuildah.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.api.BuildMode;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.StorageDriver;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.IdMap.Range;
import org.jbuildah.engine.worker.LayerDriver;
import org.jbuildah.engine.worker.Namespaces;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ModeChooserTest {
    private static Choice choice(FixtureHost host) {
        return new ModeChooser().choose(host.facts(), BuildMode.AUTO, StorageDriver.AUTO);
    }

    private static HostUnsuitable refusal(FixtureHost host, BuildMode mode, StorageDriver driver) {
        HostFacts facts = host.facts();
        HostUnsuitable refusal =
                catchThrowableOfType(HostUnsuitable.class, () -> new ModeChooser().choose(facts, mode, driver));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    @Nested
    class OnAWorkstation {
        @Test
        void aUserWithSubIdsStandsOnTheFirstRung() {
            Choice choice = choice(Hosts.rootlessUbuntu());

            assertThat(choice.rung()).isEqualTo(1);
            assertThat(choice.mode()).isEqualTo(BuildMode.NATIVE_CHROOT);
            assertThat(choice.drivers()).startsWith(new LayerDriver.KernelOverlay());
            assertThat(choice.drivers()).endsWith(new LayerDriver.Vfs());
            assertThat(choice.trustedXattrs()).isFalse();
            assertThat(choice.namespaces())
                    .isEqualTo(new Namespaces.SubIds(
                            new IdMap(
                                    List.of(new Range(0, 1000, 1), new Range(1, 100000, 65536)),
                                    List.of(new Range(0, 1000, 1), new Range(1, 200000, 65536))),
                            Path.of("/usr/bin/newuidmap"),
                            Path.of("/usr/bin/newgidmap")));
            assertThat(choice.reasons())
                    .containsExactly("RUN uses native-chroot with overlay as alice with subordinate ids, rung 1 of 7.");
        }

        @Test
        void rootNeedsNoUserNamespace() {
            FixtureHost host = Hosts.root()
                    .file("/proc/sys/user/max_user_namespaces", "0\n")
                    .without("/usr/bin/newuidmap");
            Choice choice = choice(host);

            assertThat(choice.namespaces()).isInstanceOf(Namespaces.RealRoot.class);
            assertThat(choice.trustedXattrs()).isTrue();
            assertThat(choice.rung()).isEqualTo(1);
        }

        @Test
        void withoutSubIdsASingleIdIsUsedAndTheReasonSaysHowToChangeThat() {
            Choice choice = choice(Hosts.rootlessUbuntu().file("/etc/subuid", "alice:100000:1000\n"));

            assertThat(choice.rung()).isEqualTo(4);
            assertThat(choice.namespaces()).isEqualTo(new Namespaces.SingleId(1000, 1000));
            assertThat(choice.reasons())
                    .contains(
                            "The range of alice in /etc/subuid is 1000, at least 65536 is needed. To change that: sudo usermod "
                                    + "--add-subuids 100000-165535 --add-subgids 100000-165535 alice");
        }

        @Test
        void severalRangesAddUp() {
            Choice choice =
                    choice(Hosts.rootlessUbuntu().file("/etc/subuid", "alice:100000:40000\n1000:300000:40000\n"));

            assertThat(choice.idMap().uids())
                    .containsExactly(
                            new Range(0, 1000, 1), new Range(1, 100000, 40000), new Range(40001, 300000, 40000));
        }

        @Test
        void setuidToolsWithoutEffectLeaveASingleId() {
            Choice choice = choice(Hosts.rootlessUbuntu().process(1000, 0, Hosts.ALL_CAPABILITIES, true, false));

            assertThat(choice.namespaces()).isInstanceOf(Namespaces.SingleId.class);
            assertThat(choice.reasons()).anyMatch(reason -> reason.contains("allowPrivilegeEscalation: true"));
        }

        @Test
        void busyboxTakesThePlaceOfUnshare() {
            Choice choice =
                    choice(Hosts.rootlessUbuntu().without("/usr/bin/unshare").program("/bin/busybox", 0100755));

            assertThat(choice.unshare()).containsExactly("/bin/busybox", "unshare");
        }

        @Test
        void aStoreOnTheNetworkIsCopiedWithASingleId() {
            Choice choice = choice(Hosts.rootlessUbuntu()
                    .file("/proc/self/mountinfo", "40 27 0:40 / /home rw,relatime shared:5 - nfs4 server:/ rw\n"));

            assertThat(choice.drivers()).containsExactly(new LayerDriver.Vfs());
            assertThat(choice.namespaces()).isInstanceOf(Namespaces.SingleId.class);
        }
    }

    @Nested
    class InAContainer {
        @Test
        void rootUnconfinedMapsItsOwnIds() {
            Choice choice = choice(Hosts.dockerUnconfined());

            assertThat(choice.namespaces())
                    .isEqualTo(new Namespaces.OwnIds(
                            new IdMap(List.of(new Range(0, 0, 4294967295L)), List.of(new Range(0, 0, 4294967295L)))));
            assertThat(choice.rung()).isEqualTo(1);
            assertThat(choice.trustedXattrs()).isFalse();
        }

        @Test
        void theDefaultFilterIsRefusedWithTheOptionsThatLiftIt() {
            HostUnsuitable refusal = refusal(Hosts.dockerDefault(), BuildMode.AUTO, StorageDriver.AUTO);

            assertThat(refusal.code()).isEqualTo(FailureCode.HOST_UNSUITABLE);
            assertThat(refusal.what())
                    .startsWith(
                            "RUN cannot be run on this machine: 1 obstacle is in the way.\n- A user namespace was tried")
                    .contains("--security-opt seccomp=unconfined");
        }

        @Test
        void aStoreOnTheContainersOwnLayerIsCopied() {
            Choice choice = choice(Hosts.dockerUnconfined()
                    .file("/proc/self/mountinfo", "27 1 0:60 / / rw,relatime - overlay overlay rw\n"));

            assertThat(choice.drivers()).containsExactly(new LayerDriver.Vfs());
            assertThat(choice.rung()).isEqualTo(3);
            assertThat(choice.reasons()).anyMatch(reason -> reason.contains("Mount a volume"));
        }

        @Test
        void setuidToolsNeedWhatTheContainerWithholds() {
            FixtureHost host = Hosts.dockerUnconfined()
                    .property("user.name", "alice")
                    .process(1000, 0, Hosts.DOCKER_CAPABILITIES, false, false);
            assertThat(choice(host).namespaces()).isInstanceOf(Namespaces.SingleId.class);
            assertThat(choice(host).reasons()).anyMatch(reason -> reason.contains("setcap cap_setuid+ep"));

            host.program("/usr/bin/newuidmap", 0100755).program("/usr/bin/newgidmap", 0100755);
            assertThat(choice(host).namespaces()).isInstanceOf(Namespaces.SubIds.class);
        }

        @Test
        void rootWithoutCapabilitiesCannotMapAnything() {
            HostUnsuitable refusal = refusal(
                    Hosts.dockerUnconfined().process(0, 0, 0, false, false), BuildMode.AUTO, StorageDriver.AUTO);

            assertThat(refusal.what()).contains("CAP_SETFCAP").contains("--cap-add SETFCAP");
        }

        @Test
        void theTrialIsMadeOnlyWhereThereIsDoubt() {
            FixtureHost clear = Hosts.rootlessUbuntu();
            FixtureHost doubtful =
                    Hosts.rootlessUbuntu().file("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1\n");
            clear.facts();
            doubtful.facts();

            assertThat(clear.trials).isEmpty();
            assertThat(doubtful.trials).containsExactly(List.of("/usr/bin/unshare"));
        }
    }

    @Nested
    class AskedForByName {
        @Test
        void whatIsNotThereYetIsRefused() {
            for (BuildMode mode : List.of(BuildMode.NATIVE_ROOTLESS, BuildMode.DOCKER_WITH_FUSE)) {
                HostUnsuitable refusal = refusal(Hosts.rootlessUbuntu(), mode, StorageDriver.AUTO);

                assertThat(refusal.code()).isEqualTo(FailureCode.MODE_NOT_AVAILABLE);
                assertThat(refusal.what()).contains("The mode " + mode.word() + " is not there yet in this version.");
            }
        }

        @Test
        void overlayIsNotReplaced() {
            FixtureHost host = Hosts.rootlessUbuntu().file("/proc/filesystems", "\text4\n");
            HostUnsuitable refusal = refusal(host, BuildMode.AUTO, StorageDriver.OVERLAY);

            assertThat(refusal.code()).isEqualTo(FailureCode.DRIVER_NOT_AVAILABLE);
            assertThat(refusal.what()).contains("sudo modprobe overlay").contains("fuse-overlayfs, which could");
            assertThat(choice(host).drivers()).containsExactly(new LayerDriver.Vfs());
        }

        @Test
        void overlayThatMayWorkMustWork() {
            Choice choice = new ModeChooser()
                    .choose(Hosts.rootlessUbuntu().facts(), BuildMode.NATIVE_CHROOT, StorageDriver.OVERLAY);

            assertThat(choice.drivers()).containsExactly(new LayerDriver.KernelOverlay());
        }

        @Test
        void vfsIsTakenAtItsWord() {
            Choice choice = new ModeChooser().choose(Hosts.rootlessUbuntu().facts(), BuildMode.AUTO, StorageDriver.VFS);

            assertThat(choice.drivers()).containsExactly(new LayerDriver.Vfs());
            assertThat(choice.rung()).isEqualTo(3);
        }
    }

    @Nested
    class WhereNothingWorks {
        @Test
        void anotherSystemIsNamed() {
            assertThat(refusal(Hosts.macOs(), BuildMode.AUTO, StorageDriver.AUTO)
                            .letter())
                    .contains("RUN needs a Linux kernel; this is Mac OS X.")
                    .contains("A Dockerfile without RUN builds");
        }

        @Test
        void everyObstacleIsListedWithItsRemedy() {
            FixtureHost host = Hosts.rootlessUbuntu()
                    .file("/proc/sys/kernel/osrelease", "5.4.0-42-generic\n")
                    .file("/proc/sys/kernel/unprivileged_userns_clone", "0\n")
                    .file("/proc/sys/user/max_user_namespaces", "0\n")
                    .without("/usr/bin/unshare")
                    .without("/bin/sh")
                    .without("/usr/lib/jvm/java-17/bin/java");

            assertThat(new NativeChrootRule().judge(host.facts()).obstacles())
                    .extracting(Obstacle::kind)
                    .containsExactly(
                            Obstacle.Kind.KERNEL_TOO_OLD,
                            Obstacle.Kind.NO_UNSHARE,
                            Obstacle.Kind.NO_SHELL,
                            Obstacle.Kind.NO_JAVA,
                            Obstacle.Kind.UNPRIVILEGED_USER_NAMESPACES_OFF,
                            Obstacle.Kind.NO_USER_NAMESPACES_LEFT);
            assertThat(refusal(host, BuildMode.NATIVE_CHROOT, StorageDriver.AUTO)
                            .what())
                    .startsWith("The mode native-chroot cannot be used here: 6 obstacles are in the way.")
                    .contains("util-linux")
                    .contains("sudo sysctl -p");
        }

        @Test
        void aKernelWithoutUserNamespacesSaysSo() {
            assertThatThrownBy(() -> choice(Hosts.rootlessUbuntu().without("/proc/self/ns/user")))
                    .hasMessageContaining("CONFIG_USER_NS");
        }
    }
}
