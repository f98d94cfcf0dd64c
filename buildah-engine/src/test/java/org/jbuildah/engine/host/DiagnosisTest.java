package org.jbuildah.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jbuildah.engine.api.BuildMode;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.ModeOptions;
import org.jbuildah.engine.host.Obstacle.Kind;
import org.jbuildah.engine.host.Recipe.Place;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Machines that cannot be had everywhere: the rung, and what would lift it. */
class DiagnosisTest {
    private static Diagnosis of(FixtureHost host) {
        return Diagnosis.of(host.facts(), ModeOptions.DEFAULT);
    }

    private static Stream<Kind> kinds(Diagnosis diagnosis) {
        return diagnosis.obstacles().stream().map(Obstacle::kind).distinct();
    }

    private static String recipe(Diagnosis diagnosis, Kind kind, Place place) {
        return diagnosis.obstacles().stream()
                .filter(obstacle -> obstacle.kind() == kind)
                .flatMap(obstacle -> diagnosis.recipes(obstacle).stream())
                .filter(recipe -> recipe.place() == place)
                .map(Recipe::text)
                .findFirst()
                .orElseThrow();
    }

    private static List<Place> placesHere(Diagnosis diagnosis, Kind kind) {
        return diagnosis.obstacles().stream()
                .filter(obstacle -> obstacle.kind() == kind)
                .flatMap(obstacle -> diagnosis.recipesHere(obstacle).stream())
                .map(Recipe::place)
                .distinct()
                .toList();
    }

    @Nested
    class Machines {
        @Test
        void aWorkstationNeedsNothing() {
            Diagnosis diagnosis = of(Hosts.rootlessUbuntu());

            assertThat(diagnosis.rung().number()).isEqualTo(1);
            assertThat(diagnosis.obstacles()).isEmpty();
            assertThat(diagnosis.cautions()).isEmpty();
        }

        @Test
        void appArmorsRestrictionIsLiftedByAProfileOfUnshare() {
            Diagnosis diagnosis = of(Hosts.ubuntuWithAppArmor());

            assertThat(diagnosis.runWorks()).isFalse();
            assertThat(kinds(diagnosis)).contains(Kind.USER_NAMESPACES_DENIED);
            assertThat(recipe(diagnosis, Kind.USER_NAMESPACES_DENIED, Place.MACHINE))
                    .contains("profile jbuildah-unshare /usr/bin/unshare flags=(unconfined) {\n  userns,")
                    .contains("sysctl -w kernel.apparmor_restrict_unprivileged_userns=0");
            assertThat(placesHere(diagnosis, Kind.USER_NAMESPACES_DENIED))
                    .containsExactly(Place.MACHINE, Place.SYSTEMD);
        }

        @Test
        void debian10HasAnOldKernelAndNamespacesSwitchedOff() {
            Diagnosis diagnosis = of(Hosts.debian10());

            assertThat(diagnosis.runWorks()).isFalse();
            assertThat(kinds(diagnosis))
                    .contains(Kind.KERNEL_TOO_OLD, Kind.UNPRIVILEGED_USER_NAMESPACES_OFF, Kind.NO_ID_MAP_TOOLS);
            assertThat(recipe(diagnosis, Kind.UNPRIVILEGED_USER_NAMESPACES_OFF, Place.MACHINE))
                    .isEqualTo(
                            "echo 'kernel.unprivileged_userns_clone = 1' | sudo tee -a /etc/sysctl.conf ; sudo sysctl -p");
            assertThat(recipe(diagnosis, Kind.NO_ID_MAP_TOOLS, Place.MACHINE)).isEqualTo("sudo apt-get install uidmap");
        }

        @Test
        void rhel8HasToolsWithFileCapabilitiesAndAnOldKernel() {
            FixtureHost host = Hosts.rhel8();
            Diagnosis diagnosis = of(host);

            assertThat(kinds(diagnosis)).containsExactly(Kind.KERNEL_TOO_OLD);
            assertThat(diagnosis.factsInWords())
                    .contains(
                            new Fact("system", "Red Hat Enterprise Linux 8.10 (Ootpa)"),
                            new Fact("newgidmap", "/usr/bin/newgidmap, with file capabilities"),
                            new Fact("seLinux", "enforcing"));
            assertThat(of(host.without("/usr/bin/unshare")).obstacles())
                    .extracting(Obstacle::remedy)
                    .contains("sudo dnf install util-linux");
        }

        @Test
        void toolsWithoutAnyPowerAreNamed() {
            FixtureHost host = Hosts.rhel8()
                    .file("/proc/sys/kernel/osrelease", "5.14.0-427.el9.x86_64\n")
                    .saying("/usr/sbin/getcap /usr/bin/newuidmap", 0, "");
            Diagnosis diagnosis = of(host);

            assertThat(diagnosis.rung().number()).isEqualTo(4);
            assertThat(kinds(diagnosis)).containsExactly(Kind.ID_MAP_TOOLS_POWERLESS);
            assertThat(recipe(diagnosis, Kind.ID_MAP_TOOLS_POWERLESS, Place.MACHINE))
                    .contains("sudo setcap cap_setuid+ep /usr/bin/newuidmap");
        }

        @Test
        void windowsSubsystemIsLinuxAndNoContainer() {
            Diagnosis diagnosis = of(Hosts.wsl2());

            assertThat(diagnosis.rung().number()).isEqualTo(1);
            assertThat(diagnosis.facts().container().inside()).isFalse();
            assertThat(diagnosis.factsInWords()).contains(new Fact("system", "Ubuntu 24.04.1 LTS on Windows (WSL)"));
        }

        @Test
        void theFirstWindowsSubsystemIsToldToBecomeTheSecond() {
            Diagnosis diagnosis = of(Hosts.wsl2().file("/proc/sys/kernel/osrelease", "4.4.0-19041-Microsoft\n"));

            assertThat(recipe(diagnosis, Kind.KERNEL_TOO_OLD, Place.MACHINE)).contains("wsl --set-version");
        }

        @Test
        void otherSystemsNeedDocker() {
            for (FixtureHost host : List.of(Hosts.macOs(), Hosts.windows())) {
                Diagnosis diagnosis = of(host);

                assertThat(diagnosis.runWorks()).isFalse();
                assertThat(kinds(diagnosis)).contains(Kind.NOT_LINUX, Kind.NO_ENGINE);
                assertThat(recipe(diagnosis, Kind.NO_ENGINE, Place.MACHINE)).contains("Docker Desktop");
            }
        }

        @Test
        void anEngineIsFoundOnOtherSystems() {
            FixtureHost mac = Hosts.macOs()
                    .program("/usr/local/bin/docker", 0100755)
                    .saying("/usr/local/bin/docker version --format {{.Server.Version}}", 0, "27.3.1\n");
            FixtureHost windows = Hosts.windows()
                    .program("C:\\Docker\\bin/docker.exe", 0100755)
                    .saying(
                            "C:\\Docker\\bin/docker.exe version --format {{.Server.Version}}",
                            1,
                            "error during connect: this error may indicate that the docker daemon is not running");

            assertThat(of(mac).factsInWords()).contains(new Fact("engines", "docker 27.3.1 (/usr/local/bin/docker)"));
            assertThat(kinds(of(mac))).doesNotContain(Kind.NO_ENGINE, Kind.ENGINE_SILENT);
            assertThat(kinds(of(windows))).contains(Kind.ENGINE_SILENT);
        }

        @Test
        void fewNamespacesAreACaution() {
            Diagnosis diagnosis = of(Hosts.rootlessUbuntu().file("/proc/sys/user/max_user_namespaces", "128\n"));

            assertThat(diagnosis.rung().number()).isEqualTo(1);
            assertThat(diagnosis.cautions()).extracting(Obstacle::kind).containsExactly(Kind.FEW_USER_NAMESPACES);
            assertThat(diagnosis.cautions().get(0).remedy())
                    .isEqualTo(
                            "echo 'user.max_user_namespaces = 15000' | sudo tee -a /etc/sysctl.conf ; sudo sysctl -p");
            assertThat(diagnosis.choice().reasons()).anyMatch(reason -> reason.contains("is 128"));
        }

        @Test
        void aStoreWithoutExecIsRefused() {
            Diagnosis diagnosis = of(Hosts.rootlessUbuntu()
                    .file(
                            "/proc/self/mountinfo",
                            "40 27 0:40 / /home rw,noexec,relatime shared:5 - xfs /dev/vdb rw\n"));

            assertThat(kinds(diagnosis)).contains(Kind.STORE_NO_EXEC);
            assertThat(diagnosis.runWorks()).isFalse();
        }
    }

    @Nested
    class Containers {
        @Test
        void dockersOwnFilterIsLiftedByTwoOptionsAndAVolume() {
            Diagnosis diagnosis = of(Hosts.dockerDefault());

            assertThat(diagnosis.runWorks()).isFalse();
            assertThat(kinds(diagnosis)).contains(Kind.USER_NAMESPACES_DENIED, Kind.STORE_ON_UNION);
            assertThat(placesHere(diagnosis, Kind.USER_NAMESPACES_DENIED)).containsExactly(Place.DOCKER);
            assertThat(recipe(diagnosis, Kind.USER_NAMESPACES_DENIED, Place.DOCKER))
                    .isEqualTo(
                            "docker run --security-opt seccomp=unconfined --security-opt apparmor=unconfined --volume "
                                    + "jbuildah:/home/alice/.local/share/jbuildah …");
        }

        @Test
        void everyPlaceHasARecipeAgainstAFilter() {
            Diagnosis diagnosis = of(Hosts.dockerDefault());
            Obstacle denied = diagnosis.obstacles().stream()
                    .filter(obstacle -> obstacle.kind() == Kind.USER_NAMESPACES_DENIED)
                    .findFirst()
                    .orElseThrow();

            assertThat(diagnosis.recipes(denied))
                    .extracting(Recipe::place)
                    .containsExactlyInAnyOrder(
                            Place.DOCKER,
                            Place.KUBERNETES,
                            Place.GITLAB_DOCKER,
                            Place.GITLAB_KUBERNETES,
                            Place.JENKINS,
                            Place.SYSTEMD);
            assertThat(recipe(diagnosis, Kind.USER_NAMESPACES_DENIED, Place.KUBERNETES))
                    .contains("hostUsers: false")
                    .contains("seccompProfile: {type: Unconfined}")
                    .contains("emptyDir: {}");
            assertThat(recipe(diagnosis, Kind.USER_NAMESPACES_DENIED, Place.GITLAB_DOCKER))
                    .contains("security_opt = [\"seccomp:unconfined\", \"apparmor:unconfined\"]");
        }

        @Test
        void aPodUnderCgroupV2IsKnownByItsEnvironmentOrItsRoot() {
            assertThat(Hosts.pod().facts().container().kind()).isEqualTo("kubernetes");

            ContainerFacts silent = Hosts.dockerUnconfined()
                    .without("/.dockerenv")
                    .file("/proc/1/cgroup", "0::/\n")
                    .facts()
                    .container();
            assertThat(silent.kind()).isEqualTo("container");
            assertThat(silent.evidence()).isEqualTo("/ is an overlay");
        }

        @Test
        void cgroupsFirstProcessAndSystemdTellToo() {
            FixtureHost bare = Hosts.rootlessUbuntu();

            assertThat(bare.file("/proc/1/cgroup", "4:cpu:/kubepods/burstable/pod1/abc\n")
                            .facts()
                            .container()
                            .kind())
                    .isEqualTo("kubernetes");
            assertThat(bare.file("/proc/1/environ", "A=b\0container=lxc\0")
                            .facts()
                            .container()
                            .kind())
                    .isEqualTo("lxc");
            assertThat(bare.file("/run/systemd/container", "systemd-nspawn\n")
                            .facts()
                            .container()
                            .kind())
                    .isEqualTo("systemd-nspawn");
        }

        @Test
        void aVariableOverrulesWhatIsSeenInBothDirections() {
            assertThat(Hosts.dockerDefault()
                            .environment("WERF_CONTAINERIZED", "no")
                            .facts()
                            .container()
                            .inside())
                    .isFalse();
            assertThat(Hosts.dockerDefault()
                            .environment("WERF_CONTAINERIZED", "no")
                            .environment("JBUILDAH_CONTAINERIZED", "yes")
                            .facts()
                            .container())
                    .extracting(ContainerFacts::kind, ContainerFacts::evidence)
                    .containsExactly("docker", "$JBUILDAH_CONTAINERIZED");
            assertThat(Hosts.rootlessUbuntu()
                            .environment("WERF_CONTAINERIZED", "1")
                            .facts()
                            .container()
                            .kind())
                    .isEqualTo("container");
        }

        @Test
        void withoutNewPrivilegesASingleIdIsLeft() {
            Diagnosis diagnosis = of(Hosts.podWithoutNewPrivileges());

            assertThat(diagnosis.rung().number()).isEqualTo(4);
            assertThat(kinds(diagnosis)).containsExactly(Kind.ID_MAP_TOOLS_POWERLESS);
            assertThat(placesHere(diagnosis, Kind.ID_MAP_TOOLS_POWERLESS)).containsExactly(Place.KUBERNETES);
            assertThat(recipe(diagnosis, Kind.ID_MAP_TOOLS_POWERLESS, Place.KUBERNETES))
                    .contains("allowPrivilegeEscalation: true");
        }

        @Test
        void aRunnersOwnPlaceIsNamed() {
            Diagnosis docker = of(Hosts.dockerDefault().environment("GITLAB_CI", "true"));
            Diagnosis pod = of(Hosts.pod()
                    .process(0, Hosts.DOCKER_CAPABILITIES, Hosts.DOCKER_CAPABILITIES, false, true)
                    .refusing("unshare: Operation not permitted")
                    .environment("GITLAB_CI", "true"));
            Diagnosis jenkins = of(Hosts.dockerDefault().environment("JENKINS_URL", "http://ci"));

            assertThat(placesHere(docker, Kind.USER_NAMESPACES_DENIED)).containsExactly(Place.GITLAB_DOCKER);
            assertThat(placesHere(pod, Kind.USER_NAMESPACES_DENIED)).containsExactly(Place.GITLAB_KUBERNETES);
            assertThat(placesHere(jenkins, Kind.USER_NAMESPACES_DENIED)).contains(Place.JENKINS);
        }

        @Test
        void rootWhomASecurityModuleDeniesMountsTriesAUserNamespace() {
            FixtureHost host = Hosts.dockerUnconfined()
                    .process(0, Hosts.ALL_CAPABILITIES, Hosts.ALL_CAPABILITIES, false, false)
                    .refusingRoot("unshare: cannot change root filesystem propagation: Permission denied");
            Diagnosis diagnosis = of(host);

            assertThat(diagnosis.rung().number()).isEqualTo(1);
            assertThat(diagnosis.choice().namespaces().userNamespace()).isTrue();
            assertThat(host.trials).contains("mount namespace", "user namespace");
        }

        @Test
        void idMapsThatWereTriedAndRefusedLeaveASingleId() {
            Diagnosis diagnosis = of(Hosts.dockerUnconfined()
                    .property("user.name", "alice")
                    .process(1000, 0, Hosts.ALL_CAPABILITIES, false, false)
                    .refusingIdMaps("newuidmap: write to uid_map failed: Operation not permitted"));

            assertThat(diagnosis.rung().number()).isEqualTo(4);
            assertThat(diagnosis.obstacles().get(0).what()).contains("write to uid_map failed");
        }

        @Test
        void fuseStandsAboveCopiesWhereTheStoreIsOnTheContainersLayer() {
            FixtureHost host = Hosts.dockerUnconfined()
                    .file("/proc/self/mountinfo", "27 1 0:60 / / rw,relatime - overlay overlay rw\n")
                    .program("/usr/bin/fuse-overlayfs", 0100755)
                    .saying("/usr/bin/fuse-overlayfs --version", 0, "fuse-overlayfs: version 1.13");

            assertThat(of(host).rung().number()).isEqualTo(3);
            assertThat(recipe(of(host), Kind.NO_FUSE_DEVICE, Place.DOCKER))
                    .isEqualTo("docker run --device /dev/fuse …");
            assertThat(recipe(of(host), Kind.STORE_ON_UNION, Place.KUBERNETES)).contains("emptyDir");
            assertThat(of(host.device("/dev/fuse")).rung().number()).isEqualTo(2);
        }

        @Test
        void aLabelThatContainersMayNotTouchIsACaution() {
            Diagnosis diagnosis = of(Hosts.pod()
                    .file("/sys/fs/selinux/enforce", "1")
                    .saying("stat -c %C /", 0, "system_u:object_r:default_t:s0"));

            assertThat(diagnosis.cautions()).extracting(Obstacle::kind).containsExactly(Kind.STORE_LABEL);
        }
    }

    @Nested
    class Rehearsals {
        @Test
        void aDriverThatTheWorkerRefusesCostsItsRung() {
            Diagnosis diagnosis = of(Hosts.rootlessUbuntu())
                    .proven("vfs", List.of("The kernel refuses an overlay mount in /s: EINVAL."));

            assertThat(diagnosis.rehearsal()).isEqualTo(Diagnosis.Rehearsal.WORKED);
            assertThat(diagnosis.rung().number()).isEqualTo(3);
            assertThat(diagnosis.choice().rung()).isEqualTo(3);
            assertThat(diagnosis.choice().reasons()).anyMatch(reason -> reason.contains("EINVAL. To change that: put"));
            assertThat(kinds(diagnosis)).contains(Kind.OVERLAY_REFUSED);
        }

        @Test
        void aWorkerThatDoesNotStartLeavesNothingButWhatNeedsNone() {
            Diagnosis diagnosis = of(Hosts.rootlessUbuntu())
                    .failed(new HostUnsuitable(FailureCode.WORKER_NOT_STARTED, "It could not be started.", "Do this."));

            assertThat(diagnosis.runWorks()).isFalse();
            assertThat(kinds(diagnosis)).contains(Kind.WORKER_NOT_STARTED);
            assertThat(recipe(diagnosis, Kind.WORKER_NOT_STARTED, Place.MACHINE))
                    .isEqualTo("Do this.");
        }
    }

    @Nested
    class Words {
        @Test
        void aTextSaysTheAnswerTheLadderTheRemediesAndTheFacts() {
            List<String> lines = DiagnosisText.lines(of(Hosts.dockerDefault()));

            assertThat(lines.get(0))
                    .startsWith("RUN cannot work here. A Dockerfile without RUN builds here as it is, rung 7");
            assertThat(lines).anyMatch(line -> line.startsWith("=> 7  everything but RUN"));
            assertThat(lines).anyMatch(line -> line.startsWith("USER_NAMESPACES_DENIED: A user namespace was tried"));
            assertThat(lines)
                    .contains("  docker run, podman run:")
                    .anyMatch(line -> line.startsWith("    docker run --sec"));
            assertThat(lines).anyMatch(line -> line.matches("  container +docker \\(by /.dockerenv\\)"));
        }

        @Test
        void jsonHasTheSameAndEveryRecipe() {
            JsonObject json = JsonParser.parseString(DiagnosisJson.write(of(Hosts.dockerDefault())))
                    .getAsJsonObject();

            assertThat(json.get("run").getAsString()).isEqualTo("cannot work");
            assertThat(json.get("rung").getAsInt()).isEqualTo(7);
            assertThat(json.get("rehearsal").getAsString()).isEqualTo("not-tried");
            assertThat(json.getAsJsonArray("rungs")).hasSize(7);
            JsonObject obstacle = json.getAsJsonArray("obstacles").get(0).getAsJsonObject();
            assertThat(obstacle.get("kind").getAsString()).isEqualTo("USER_NAMESPACES_DENIED");
            assertThat(StreamSupport.stream(obstacle.getAsJsonArray("recipes").spliterator(), false)
                            .map(JsonElement::getAsJsonObject)
                            .filter(recipe -> recipe.has("here"))
                            .map(recipe -> recipe.get("place").getAsString()))
                    .containsExactly("docker");
            assertThat(json.getAsJsonObject("facts").get("container").getAsString())
                    .isEqualTo("docker (by /.dockerenv)");
        }

        @Test
        void whatTheUserDidNotAskForIsNoObstacle() {
            Diagnosis diagnosis = Diagnosis.of(
                    Hosts.rootlessUbuntu().facts(), ModeOptions.DEFAULT.withMode(BuildMode.DOCKER_WITH_FUSE));

            assertThat(diagnosis.rungs().get(0).obstacles()).allMatch(Obstacle::byRequest);
            assertThat(kinds(diagnosis)).doesNotContain(Kind.NOT_ASKED_FOR);
        }

        @Test
        void everyObstacleOfEveryMachineHasARecipe() {
            for (FixtureHost host : Arrays.asList(
                    Hosts.ubuntuWithAppArmor(),
                    Hosts.debian10(),
                    Hosts.rhel8(),
                    Hosts.dockerDefault(),
                    Hosts.podWithoutNewPrivileges(),
                    Hosts.macOs(),
                    Hosts.windows())) {
                Diagnosis diagnosis = of(host);

                assertThat(diagnosis.obstacles())
                        .filteredOn(obstacle -> obstacle.kind() != Kind.NOT_ROOT)
                        .allSatisfy(obstacle ->
                                assertThat(diagnosis.recipes(obstacle)).isNotEmpty());
            }
        }
    }
}
