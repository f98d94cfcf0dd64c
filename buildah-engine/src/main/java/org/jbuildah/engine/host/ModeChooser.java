package org.jbuildah.engine.host;

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
        boolean vfs = vfs(host, driver, reasons);
        int rung = namespaces.idMap().singleId() ? 4 : vfs ? 3 : 1;
        reasons.add(
                0,
                "RUN uses " + rule.mode().word() + " with " + (vfs ? "vfs" : "overlay") + " as "
                        + words(namespaces, host.process().user()) + ", rung " + rung + " of 7.");
        return new Choice(
                rule.mode(),
                drivers(vfs, driver),
                new RunIsolation.Box(),
                namespaces,
                !namespaces.userNamespace() && host.process().inFirstUserNamespace(),
                rung,
                reasons,
                host.tools().unshare(),
                Objects.requireNonNull(host.tools().shell(), "judged"));
    }

    /** Overlay that was asked for by name is not replaced by vfs. */
    private static List<LayerDriver> drivers(boolean vfs, StorageDriver asked) {
        if (vfs) {
            return List.of(new LayerDriver.Vfs());
        }
        return asked == StorageDriver.OVERLAY
                ? List.of(new LayerDriver.KernelOverlay())
                : List.of(new LayerDriver.KernelOverlay(), new LayerDriver.Vfs());
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

    private static boolean vfs(HostFacts host, StorageDriver driver, List<String> reasons) {
        if (driver == StorageDriver.VFS) {
            return true;
        }
        Verdict overlay = new OverlayRule().judge(host);
        if (overlay.usable()) {
            return false;
        }
        if (driver == StorageDriver.OVERLAY) {
            throw new HostUnsuitable(
                    FailureCode.DRIVER_NOT_AVAILABLE,
                    "The storage driver overlay cannot be used here, and fuse-overlayfs is not there yet in this version."
                            + listed(overlay),
                    "Or use the storage driver vfs, which copies.");
        }
        overlay.obstacles().forEach(obstacle -> reasons.add(sentence(obstacle)));
        return true;
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
