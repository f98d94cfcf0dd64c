package org.jbuildah.engine.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jbuildah.engine.api.BuildMode;
import org.jbuildah.engine.api.ModeOptions;
import org.jbuildah.engine.api.StorageDriver;
import org.jbuildah.engine.host.Obstacle.Kind;
import org.jbuildah.engine.worker.Namespaces;

/**
 * All that is judged of a machine for a request. Takes facts, touches nothing.
 *
 * @param worker what every RUN outside of a helper container needs, an OCI runtime included where one was asked for
 * @param fullMap the best way to be root with more than one id, or what the way that fits this process lacks
 * @param singleId the way that asks for least
 */
record Ladder(
        HostFacts host,
        ModeOptions asked,
        Verdict worker,
        Verdict fullMap,
        Verdict singleId,
        Verdict overlay,
        Verdict fuse,
        Verdict plainChroot,
        Verdict helperContainer) {
    private static final List<IdMapRule> FULL_MAPS = List.of(new RealRootRule(), new OwnIdsRule(), new SubIdsRule());
    private static final IdMapRule SINGLE = new SingleIdRule();

    static Ladder judge(HostFacts host, ModeOptions asked) {
        return new Ladder(
                host,
                asked,
                worker(host, asked),
                fullMap(host),
                SINGLE.judge(host),
                new KernelOverlayRule().judge(host),
                new FuseOverlayRule().judge(host, asked),
                new PlainChrootRule().judge(host, asked),
                new HelperContainerRule().judge(host));
    }

    private static Verdict worker(HostFacts host, ModeOptions asked) {
        Verdict worker = new WorkerRule().judge(host);
        return asked.mode() == BuildMode.NATIVE_ROOTLESS && host.linux()
                ? worker.and(new RuntimeRule().judge(host, asked))
                : worker;
    }

    private static Verdict fullMap(HostFacts host) {
        return usable(host)
                .map(rule -> rule.judge(host))
                .orElseGet(() -> FULL_MAPS.get(nearest(host.process())).judge(host));
    }

    /** The rule that tells what is missing: that for users, for root in a container, or for root who may do all and is denied mounts. */
    private static int nearest(ProcessFacts process) {
        if (!process.root()) {
            return 2;
        }
        return process.may(ProcessFacts.CAP_SYS_ADMIN) ? 0 : 1;
    }

    private static Optional<IdMapRule> usable(HostFacts host) {
        return FULL_MAPS.stream().filter(rule -> rule.judge(host).usable()).findFirst();
    }

    /** Of the rungs 1 to 4. */
    Namespaces namespaces() {
        return usable(host).orElse(SINGLE).namespaces(host);
    }

    /** From the top; the last one always holds. */
    List<Rung> rungs() {
        List<Obstacle> shared = new ArrayList<>(worker.obstacles());
        if (asked.mode() == BuildMode.DOCKER_WITH_FUSE) {
            shared.add(notAsked("The mode " + asked.mode().word() + " was asked for."));
        }
        List<Obstacle> full = joined(shared, fullMap.obstacles());
        List<Obstacle> single = joined(shared, singleId.obstacles());
        return List.of(
                new Rung(1, "all ids, kernel overlay", joined(full, kernelOverlay())),
                new Rung(2, "all ids, fuse-overlayfs", joined(full, fuseOverlay())),
                new Rung(3, "all ids, copies (vfs)", joined(full, copies())),
                new Rung(
                        Rung.SINGLE_ID, "a single id; owners are kept in the layers only", joined(single, anyDriver())),
                new Rung(Rung.PLAIN_CHROOT, "plain chroot, weak", weak()),
                new Rung(Rung.HELPER_CONTAINER, "the whole build in a helper container (docker-with-fuse)", helper()),
                new Rung(Rung.WITHOUT_RUN, "everything but RUN", List.of()));
    }

    private List<Obstacle> kernelOverlay() {
        List<Obstacle> obstacles = new ArrayList<>(overlay.obstacles());
        if (asked.storageDriver() == StorageDriver.VFS) {
            obstacles.add(notAsked("The storage driver vfs was asked for."));
        } else if (asked.fuseProgram() != null) {
            obstacles.add(notAsked("Overlay by " + asked.fuseProgram() + " was asked for."));
        }
        return obstacles;
    }

    private List<Obstacle> fuseOverlay() {
        return asked.storageDriver() == StorageDriver.VFS
                ? joined(fuse.obstacles(), List.of(notAsked("The storage driver vfs was asked for.")))
                : fuse.obstacles();
    }

    private List<Obstacle> copies() {
        return overlayOnly() ? List.of(notAsked("The storage driver overlay was asked for.")) : List.of();
    }

    private boolean overlayOnly() {
        return asked.storageDriver() == StorageDriver.OVERLAY || asked.fuseProgram() != null;
    }

    private List<Obstacle> anyDriver() {
        return overlayOnly() && !kernelOverlay().isEmpty() && !fuseOverlay().isEmpty()
                ? joined(kernelOverlay(), fuseOverlay())
                : List.of();
    }

    private List<Obstacle> weak() {
        List<Obstacle> obstacles = worker.obstacles().stream()
                .filter(obstacle -> obstacle.kind() != Kind.NO_UNSHARE)
                .collect(Collectors.toCollection(ArrayList::new));
        if (host.linux()) {
            obstacles.addAll(plainChroot.obstacles());
        }
        if (asked.mode() == BuildMode.NATIVE_ROOTLESS || asked.mode() == BuildMode.DOCKER_WITH_FUSE) {
            obstacles.add(notAsked("The mode " + asked.mode().word() + " was asked for."));
        }
        if (overlayOnly()) {
            obstacles.add(notAsked("The storage driver overlay was asked for."));
        }
        return obstacles;
    }

    /** That a plain chroot is not allowed, where nothing else stands in its way. */
    List<Obstacle> onlyToBeAllowed() {
        List<Obstacle> obstacles = weak();
        return obstacles.stream().allMatch(obstacle -> obstacle.kind() == Kind.WEAK_NOT_ALLOWED)
                ? obstacles
                : List.of();
    }

    private List<Obstacle> helper() {
        List<Obstacle> obstacles = new ArrayList<>(helperContainer.obstacles());
        if (asked.mode() == BuildMode.NATIVE_CHROOT || asked.mode() == BuildMode.NATIVE_ROOTLESS) {
            obstacles.add(notAsked("The mode " + asked.mode().word() + " was asked for."));
        } else if (asked.mode() == BuildMode.AUTO && host.linux()) {
            obstacles.add(notAsked("On Linux it is used only where it is asked for: --mode docker-with-fuse."));
        }
        return obstacles;
    }

    private static Obstacle notAsked(String what) {
        return new Obstacle(Kind.NOT_ASKED_FOR, what, "");
    }

    private static List<Obstacle> joined(List<Obstacle> first, List<Obstacle> second) {
        List<Obstacle> all = new ArrayList<>(first);
        all.addAll(second);
        return all.stream().distinct().toList();
    }
}
