package org.jbuildah.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jbuildah.engine.api.BuildMode;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.ModeOptions;
import org.jbuildah.engine.api.RuntimeOptions;
import org.jbuildah.engine.api.StorageDriver;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.IdMap.Range;
import org.jbuildah.engine.worker.LayerDriver;
import org.jbuildah.engine.worker.Namespaces;
import org.jbuildah.engine.worker.RunIsolation;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ModeChooserTest {
    private static Choice choice(FixtureHost host) {
        return new ModeChooser().choose(host.facts(), ModeOptions.DEFAULT);
    }

    private static ModeOptions asked(BuildMode mode, StorageDriver driver) {
        return ModeOptions.DEFAULT.withMode(mode).withStorageDriver(driver);
    }

    private static HostUnsuitable refusal(FixtureHost host, BuildMode mode, StorageDriver driver) {
        HostFacts facts = host.facts();
        HostUnsuitable refusal =
                catchThrowableOfType(HostUnsuitable.class, () -> new ModeChooser().choose(facts, asked(mode, driver)));
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
                            "RUN cannot be run on this machine: 2 obstacles are in the way.\n- A user namespace was tried")
                    .contains("--security-opt seccomp=unconfined")
                    .contains("a RUN could leave it")
                    .contains("--allow-weak-isolation");
        }

        @Test
        void aPlainChrootIsChosenOnlyWhereItWasAllowedAndSaysThatItIsWeak() {
            Choice choice = new ModeChooser()
                    .choose(Hosts.dockerDefault().facts(), ModeOptions.DEFAULT.withAllowWeakIsolation(true));

            assertThat(choice.rung()).isEqualTo(5);
            assertThat(choice.isolation()).isEqualTo(new RunIsolation.PlainChroot());
            assertThat(choice.namespaces()).isInstanceOf(Namespaces.None.class);
            assertThat(choice.drivers()).containsExactly(new LayerDriver.Vfs());
            assertThat(choice.reasons()).first().asString().contains("(plain chroot, weak isolation)", "rung 5 of 7");
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
            Set<TrialSubject> subjects = TrialSubject.needfulFor(BuildMode.AUTO);
            clear.facts(subjects);
            doubtful.facts(subjects);

            assertThat(clear.trials).isEmpty();
            assertThat(doubtful.trials).containsExactly("user namespace", "id map");
        }
    }

    @Nested
    class AskedForByName {
        @Test
        void aHelperContainerIsForThoseWhoAskAndForOtherSystems() {
            assertThat(ModeChooser.inHelperContainer(BuildMode.DOCKER_WITH_FUSE, false, "Linux"))
                    .isTrue();
            assertThat(ModeChooser.inHelperContainer(BuildMode.AUTO, true, "Mac OS X"))
                    .isTrue();
            assertThat(ModeChooser.inHelperContainer(BuildMode.AUTO, true, "Windows 11"))
                    .isTrue();
            assertThat(ModeChooser.inHelperContainer(BuildMode.AUTO, false, "Windows 11"))
                    .isFalse();
            assertThat(ModeChooser.inHelperContainer(BuildMode.AUTO, true, "Linux"))
                    .isFalse();
            assertThat(ModeChooser.inHelperContainer(BuildMode.NATIVE_CHROOT, true, "Mac OS X"))
                    .isFalse();
        }

        @Test
        void aRuntimeIsTakenInTheOrderOfPreferenceUnlessItIsBroken() {
            FixtureHost host = Hosts.rootlessUbuntu()
                    .program("/usr/bin/crun", 0100755)
                    .program("/usr/sbin/runc", 0100755)
                    .saying("/usr/bin/crun --version", 127, "crun: libyajl.so.2: cannot open shared object file")
                    .saying("/usr/sbin/runc --version", 0, "runc version 1.1.5\nspec: 1.0.2");
            Choice choice =
                    new ModeChooser().choose(host.facts(), asked(BuildMode.NATIVE_ROOTLESS, StorageDriver.AUTO));

            assertThat(choice.isolation())
                    .isEqualTo(new RunIsolation.OciRuntime("runc", Path.of("/usr/sbin/runc"), List.of()));
            assertThat(choice.reasons())
                    .containsExactly(
                            "RUN uses native-rootless (runc) with overlay as alice with subordinate ids, rung 1 of 7.");
        }

        @Test
        void theRuntimeThatWasNamedIsUsedWithItsFlags() {
            FixtureHost host = Hosts.rootlessUbuntu()
                    .program("/usr/bin/crun", 0100755)
                    .saying("/usr/bin/crun --version", 0, "crun version 1.14")
                    .program("/usr/bin/runc", 0100755)
                    .saying("/usr/bin/runc --version", 0, "runc version 1.1.5");
            ModeOptions rootless = asked(BuildMode.NATIVE_ROOTLESS, StorageDriver.AUTO);

            assertThat(isolation(host, rootless, "runc", "debug"))
                    .isEqualTo(new RunIsolation.OciRuntime("runc", Path.of("/usr/bin/runc"), List.of("--debug")));
            assertThat(isolation(host, rootless, "/opt/kata-runtime"))
                    .isEqualTo(new RunIsolation.OciRuntime("kata", Path.of("/opt/kata-runtime"), List.of()));
            assertThat(isolation(host, rootless, "/opt/youki"))
                    .isEqualTo(new RunIsolation.OciRuntime("oci", Path.of("/opt/youki"), List.of()));
            assertThatThrownBy(() -> isolation(host, rootless, "youki"))
                    .hasMessageContaining("The OCI runtime youki is not on the PATH");
        }

        private static RunIsolation isolation(FixtureHost host, ModeOptions asked, String runtime, String... flags) {
            return new ModeChooser()
                    .choose(host.facts(), asked.withRuntime(RuntimeOptions.of(runtime, List.of(flags))))
                    .isolation();
        }

        @Test
        void aRuntimeInsideOfAContainerIsRefusedUnlessForced() {
            FixtureHost host = Hosts.dockerUnconfined()
                    .program("/usr/bin/crun", 0100755)
                    .saying("/usr/bin/crun --version", 0, "crun version 1.14");
            HostUnsuitable refusal = refusal(host, BuildMode.NATIVE_ROOTLESS, StorageDriver.AUTO);

            assertThat(refusal.code()).isEqualTo(FailureCode.MODE_NOT_AVAILABLE);
            assertThat(refusal.what()).contains("(docker, by /.dockerenv)").contains("--allow-nested-runtime");
            ModeOptions forced =
                    asked(BuildMode.NATIVE_ROOTLESS, StorageDriver.AUTO).withAllowNestedRuntime(true);
            assertThat(new ModeChooser().choose(host.facts(), forced).isolation())
                    .isInstanceOf(RunIsolation.OciRuntime.class);
        }

        @Test
        void withoutAnyRuntimeThePackageIsNamed() {
            assertThat(refusal(Hosts.rootlessUbuntu(), BuildMode.NATIVE_ROOTLESS, StorageDriver.AUTO)
                            .what())
                    .contains("none of crun, runc, kata-runtime, runsc")
                    .contains("sudo apt-get install crun");
        }

        @Test
        void theHelperContainerNeedsADaemon() {
            HostUnsuitable refusal = refusal(Hosts.rootlessUbuntu(), BuildMode.DOCKER_WITH_FUSE, StorageDriver.AUTO);

            assertThat(refusal.code()).isEqualTo(FailureCode.MODE_NOT_AVAILABLE);
            assertThat(refusal.what()).contains("Neither docker nor podman is on the PATH.");
        }

        @Test
        void fuseInPlaceOfTheKernelsOverlayIsNotReplaced() {
            Path program = Path.of("/opt/fuse-overlayfs");
            ModeOptions asked = ModeOptions.DEFAULT.withFuseProgram(program);
            FixtureHost host = Hosts.rootlessUbuntu().device("/dev/fuse");

            Choice choice = new ModeChooser().choose(host.facts(), asked);
            assertThat(choice.drivers()).containsExactly(new LayerDriver.FuseOverlay(program));
            assertThat(choice.rung()).isEqualTo(2);

            HostFacts without = Hosts.rootlessUbuntu().facts();
            assertThatThrownBy(() -> new ModeChooser().choose(without, asked))
                    .hasMessageContaining("/dev/fuse cannot be opened: there is none.");
        }

        @Test
        void overlayIsNotReplaced() {
            FixtureHost host = Hosts.rootlessUbuntu().file("/proc/filesystems", "\text4\n");
            HostUnsuitable refusal = refusal(host, BuildMode.AUTO, StorageDriver.OVERLAY);

            assertThat(refusal.code()).isEqualTo(FailureCode.DRIVER_NOT_AVAILABLE);
            assertThat(refusal.what())
                    .contains("sudo modprobe overlay")
                    .contains("The program fuse-overlayfs is not on the PATH.");
            assertThat(choice(host).drivers()).containsExactly(new LayerDriver.Vfs());
        }

        @Test
        void overlayThatMayWorkMustWork() {
            Choice choice = new ModeChooser()
                    .choose(Hosts.rootlessUbuntu().facts(), asked(BuildMode.NATIVE_CHROOT, StorageDriver.OVERLAY));

            assertThat(choice.drivers()).containsExactly(new LayerDriver.KernelOverlay());
        }

        @Test
        void vfsIsTakenAtItsWord() {
            Choice choice =
                    new ModeChooser().choose(Hosts.rootlessUbuntu().facts(), asked(BuildMode.AUTO, StorageDriver.VFS));

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

            HostFacts facts = host.facts();
            assertThat(new WorkerRule()
                            .judge(facts)
                            .and(new SingleIdRule().judge(facts))
                            .obstacles())
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
