package org.jbuildah.engine.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jbuildah.engine.api.BuildMode;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.ModeOptions;
import org.jbuildah.engine.api.StorageDriver;
import org.jbuildah.engine.worker.LayerDriver;
import org.jbuildah.engine.worker.Namespaces;
import org.jbuildah.engine.worker.RunIsolation;

/**
 * Walks down the ladder and stops on the first rung that holds.
 *
 * <p>Law: what was asked for by name is used or refused with all its obstacles, never replaced.
 */
public final class ModeChooser {
    /**
     * Whether the whole build is to be in a helper container: where somebody wants it so, and where the machine is of another kind than
     * the image and something has to run.
     *
     * @param runs whether the build has a RUN
     * @param operatingSystem {@code os.name}
     */
    public static boolean inHelperContainer(BuildMode mode, boolean runs, String operatingSystem) {
        return mode == BuildMode.DOCKER_WITH_FUSE
                || (mode == BuildMode.AUTO && runs && !operatingSystem.equals("Linux"));
    }

    /** The rungs for a request, from the top. */
    public List<Rung> rungs(HostFacts host, ModeOptions asked) {
        return Ladder.judge(host, asked).rungs();
    }

    /**
     * Chooses.
     *
     * @throws HostUnsuitable with every obstacle and its remedy
     */
    public Choice choose(HostFacts host, ModeOptions asked) {
        Ladder ladder = Ladder.judge(host, asked);
        Rung rung = ladder.rungs().stream().filter(Rung::holds).findFirst().orElseThrow();
        if (rung.number() > Rung.PLAIN_CHROOT) {
            throw unsuitable(ladder);
        }
        if (rung.number() == Rung.PLAIN_CHROOT) {
            return weak(ladder);
        }
        Namespaces namespaces = ladder.namespaces();
        return new Choice(
                asked.mode() == BuildMode.NATIVE_ROOTLESS ? BuildMode.NATIVE_ROOTLESS : BuildMode.NATIVE_CHROOT,
                drivers(ladder),
                isolation(host, asked),
                namespaces,
                !namespaces.userNamespace() && host.process().inFirstUserNamespace(),
                host.process().user(),
                why(ladder, rung, namespaces),
                host.tools().unshare(),
                Objects.requireNonNull(host.tools().shell(), "judged"));
    }

    private static Choice weak(Ladder ladder) {
        HostFacts host = ladder.host();
        List<String> why = new ArrayList<>();
        why.add("A RUN can leave a plain chroot and change this container; that was allowed.");
        ladder.singleId().obstacles().forEach(obstacle -> why.add(obstacle.sentence()));
        return new Choice(
                BuildMode.NATIVE_CHROOT,
                List.of(new LayerDriver.Vfs()),
                new RunIsolation.PlainChroot(),
                new Namespaces.None(RealRootRule.identity(host.process().idMap())),
                false,
                host.process().user(),
                why,
                host.tools().unshare(),
                Objects.requireNonNull(host.tools().shell(), "judged"));
    }

    private static RunIsolation isolation(HostFacts host, ModeOptions asked) {
        if (asked.mode() != BuildMode.NATIVE_ROOTLESS) {
            return new RunIsolation.Box();
        }
        Program runtime = RuntimeRule.runtime(host, asked).orElseThrow();
        return new RunIsolation.OciRuntime(
                runtime.name(), runtime.path(), asked.runtime().flags());
    }

    /** All that may work, best first; one that was asked for by name is not followed by another. */
    private static List<LayerDriver> drivers(Ladder ladder) {
        ModeOptions asked = ladder.asked();
        List<LayerDriver> drivers = new ArrayList<>();
        boolean overlay = asked.storageDriver() != StorageDriver.VFS;
        if (overlay && asked.fuseProgram() == null && ladder.overlay().usable()) {
            drivers.add(new LayerDriver.KernelOverlay());
        }
        Program fuse = ladder.host().layers().fuseOverlay();
        if (overlay && asked.fuseProgram() != null) {
            drivers.add(new LayerDriver.FuseOverlay(asked.fuseProgram()));
        } else if (overlay && fuse != null && ladder.fuse().usable()) {
            drivers.add(new LayerDriver.FuseOverlay(fuse.path()));
        }
        if (asked.storageDriver() != StorageDriver.OVERLAY && asked.fuseProgram() == null) {
            drivers.add(new LayerDriver.Vfs());
        }
        return drivers;
    }

    private static List<String> why(Ladder ladder, Rung rung, Namespaces namespaces) {
        List<Obstacle> above = new ArrayList<>();
        if (rung.number() == Rung.SINGLE_ID) {
            above.addAll(ladder.fullMap().obstacles());
        }
        if (ladder.asked().storageDriver() != StorageDriver.VFS
                && ladder.asked().fuseProgram() == null) {
            above.addAll(ladder.overlay().obstacles());
            if (drivers(ladder).get(0) instanceof LayerDriver.Vfs) {
                above.addAll(ladder.fuse().obstacles());
            }
        }
        if (namespaces.userNamespace()) {
            above.addAll(UserNamespaceObstacles.cautions(ladder.host()));
        }
        return above.stream().distinct().map(Obstacle::sentence).toList();
    }

    private static HostUnsuitable unsuitable(Ladder ladder) {
        ModeOptions asked = ladder.asked();
        if (asked.mode() == BuildMode.DOCKER_WITH_FUSE) {
            return refused(asked, ladder.helperContainer().obstacles());
        }
        Verdict least = ladder.worker().and(ladder.singleId());
        // without Linux nothing else is worth a word
        List<Obstacle> obstacles =
                ladder.host().linux() ? least.obstacles() : ladder.worker().obstacles();
        if (!obstacles.isEmpty()) {
            return refused(asked, joined(obstacles, ladder.onlyToBeAllowed()));
        }
        List<Obstacle> overlay =
                new ArrayList<>(asked.fuseProgram() == null ? ladder.overlay().obstacles() : List.of());
        overlay.addAll(ladder.fuse().obstacles());
        return new HostUnsuitable(
                FailureCode.DRIVER_NOT_AVAILABLE,
                "The storage driver overlay cannot be used here, neither the kernel's nor fuse-overlayfs."
                        + listed(overlay),
                "Or use the storage driver vfs, which copies.");
    }

    private static List<Obstacle> joined(List<Obstacle> first, List<Obstacle> second) {
        List<Obstacle> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static HostUnsuitable refused(ModeOptions asked, List<Obstacle> obstacles) {
        boolean auto = asked.mode() == BuildMode.AUTO;
        int count = obstacles.size();
        String what = String.format(
                Locale.ROOT,
                "%s %d obstacle%s in the way.",
                auto
                        ? "RUN cannot be run on this machine:"
                        : "The mode " + asked.mode().word() + " cannot be used here:",
                count,
                count == 1 ? " is" : "s are");
        return new HostUnsuitable(
                auto ? FailureCode.HOST_UNSUITABLE : FailureCode.MODE_NOT_AVAILABLE,
                what + listed(obstacles),
                (auto ? "A Dockerfile without RUN builds here as it is. " : "")
                        + "\"jbuildah doctor\" (mvn buildah:doctor) says more.");
    }

    private static String listed(List<Obstacle> obstacles) {
        return obstacles.stream()
                .map(obstacle -> "\n- " + obstacle.what()
                        + (obstacle.remedy().isEmpty()
                                ? ""
                                : "\n  " + obstacle.remedy().replace("\n", "\n  ")))
                .collect(Collectors.joining());
    }
}
