package org.jbuildah.engine.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jbuildah.engine.api.BuildMode;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.StorageDriver;
import org.jbuildah.engine.worker.LayerDriver;
import org.jbuildah.engine.worker.Namespaces;
import org.jbuildah.engine.worker.RunIsolation;

/**
 * Walks down the ladder of modes, id maps and drivers, and stops on the first rung that holds.
 *
 * <p>Law: what was asked for by name is used or refused with all its obstacles, never replaced.
 */
public final class ModeChooser {
    private static final List<ModeRule> MODES = List.of(
            new NativeChrootRule(),
            new NotThereYetRule(BuildMode.NATIVE_ROOTLESS),
            new NotThereYetRule(BuildMode.DOCKER_WITH_FUSE));

    /** All verdicts on modes, drivers and id maps, for those who want to read them. */
    public List<Verdict> verdicts(HostFacts host) {
        List<Verdict> verdicts = new ArrayList<>();
        MODES.forEach(rule -> verdicts.add(rule.judge(host)));
        IdMapRule.all().forEach(rule -> verdicts.add(rule.judge(host)));
        verdicts.add(new OverlayRule().judge(host));
        return verdicts;
    }

    /**
     * Chooses.
     *
     * @throws HostUnsuitable with every obstacle and its remedy
     */
    public Choice choose(HostFacts host, BuildMode mode, StorageDriver driver) {
        ModeRule rule = MODES.stream()
                .filter(candidate -> mode == BuildMode.AUTO || candidate.mode() == mode)
                .findFirst()
                .orElseThrow();
        Verdict verdict = rule.judge(host);
        if (!verdict.usable()) {
            throw unsuitable(mode, verdict);
        }
        List<String> reasons = new ArrayList<>();
        Namespaces namespaces = namespaces(host, reasons);
        List<LayerDriver> drivers = drivers(host, driver, reasons);
        int rung = namespaces.idMap().singleId() ? 4 : rung(drivers.get(0));
        reasons.add(
                0,
                "RUN uses " + rule.mode().word() + " with " + drivers.get(0).word() + " as "
                        + words(namespaces, host.process().user()) + ", rung " + rung + " of 7.");
        return new Choice(
                rule.mode(),
                drivers,
                new RunIsolation.Box(),
                namespaces,
                !namespaces.userNamespace() && host.process().inFirstUserNamespace(),
                rung,
                reasons,
                host.tools().unshare(),
                Objects.requireNonNull(host.tools().shell(), "judged"));
    }

    private static int rung(LayerDriver driver) {
        return driver instanceof LayerDriver.KernelOverlay ? 1 : driver instanceof LayerDriver.FuseOverlay ? 2 : 3;
    }

    /** Overlay that was asked for by name is the kernel's or fuse-overlayfs, and is not replaced by vfs. */
    private static List<LayerDriver> drivers(HostFacts host, StorageDriver asked, List<String> reasons) {
        if (asked == StorageDriver.VFS) {
            return List.of(new LayerDriver.Vfs());
        }
        List<LayerDriver> drivers = new ArrayList<>();
        Verdict kernel = new OverlayRule().judge(host);
        if (kernel.usable()) {
            drivers.add(new LayerDriver.KernelOverlay());
        } else {
            kernel.obstacles().forEach(obstacle -> reasons.add(sentence(obstacle)));
        }
        Path fuse = host.tools().fuseOverlayfs();
        if (fuse != null && host.tools().fuseDevice() && !host.store().withoutOwners()) {
            drivers.add(new LayerDriver.FuseOverlay(fuse));
        }
        if (asked == StorageDriver.AUTO) {
            drivers.add(new LayerDriver.Vfs());
        }
        if (drivers.isEmpty()) {
            throw new HostUnsuitable(
                    FailureCode.DRIVER_NOT_AVAILABLE,
                    "The storage driver overlay cannot be used here." + listed(kernel) + "\n- " + withoutFuse(host),
                    "Or use the storage driver vfs, which copies.");
        }
        return drivers;
    }

    private static String withoutFuse(HostFacts host) {
        if (host.store().withoutOwners()) {
            return "fuse-overlayfs needs owners as well.";
        }
        return host.tools().fuseOverlayfs() == null
                ? "fuse-overlayfs, which could take its place, is not installed.\n  sudo apt-get install fuse-overlayfs"
                : "fuse-overlayfs could take its place, but /dev/fuse cannot be opened.\n  sudo chmod 0666 /dev/fuse, or"
                        + " in a container: --device /dev/fuse";
    }

    private static Namespaces namespaces(HostFacts host, List<String> reasons) {
        for (IdMapRule rule : IdMapRule.all()) {
            Verdict verdict = rule.judge(host);
            if (verdict.usable()) {
                return rule.namespaces(host);
            }
            // that somebody is not root needs no saying; that sub-ids are missing does
            if (rule instanceof SubIdsRule) {
                verdict.obstacles().forEach(obstacle -> reasons.add(sentence(obstacle)));
            }
        }
        throw new IllegalStateException("judged usable without a usable id map");
    }

    private static String sentence(Obstacle obstacle) {
        return obstacle.what() + (obstacle.remedy().isEmpty() ? "" : " To change that: " + obstacle.remedy());
    }

    private static String words(Namespaces namespaces, String user) {
        if (namespaces instanceof Namespaces.RealRoot) {
            return "root";
        }
        if (namespaces instanceof Namespaces.OwnIds) {
            return "root of a user namespace";
        }
        return namespaces instanceof Namespaces.SubIds
                ? user + " with subordinate ids"
                : user + " with a single id (owners are kept in the layers only)";
    }

    private static HostUnsuitable unsuitable(BuildMode asked, Verdict verdict) {
        boolean auto = asked == BuildMode.AUTO;
        int count = verdict.obstacles().size();
        String what = String.format(
                Locale.ROOT,
                "%s %d obstacle%s in the way.",
                auto ? "RUN cannot be run on this machine:" : "The mode " + asked.word() + " cannot be used here:",
                count,
                count == 1 ? " is" : "s are");
        return new HostUnsuitable(
                auto ? FailureCode.HOST_UNSUITABLE : FailureCode.MODE_NOT_AVAILABLE,
                what + listed(verdict),
                auto ? "A Dockerfile without RUN builds here as it is." : "");
    }

    private static String listed(Verdict verdict) {
        return verdict.obstacles().stream()
                .map(obstacle -> "\n- " + obstacle.what()
                        + (obstacle.remedy().isEmpty()
                                ? ""
                                : "\n  " + obstacle.remedy().replace("\n", "\n  ")))
                .collect(Collectors.joining());
    }
}
