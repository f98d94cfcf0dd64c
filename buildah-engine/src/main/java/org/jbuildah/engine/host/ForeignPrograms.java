package org.jbuildah.engine.host;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.oci.Platform;

/**
 * Whether this machine can run programs of a platform: its own, or one whose programs the kernel hands to an emulator.
 *
 * @see <a href="https://www.kernel.org/doc/html/latest/admin-guide/binfmt-misc.html">the kernel's manual: binfmt_misc</a>
 */
public final class ForeignPrograms {
    private static final String HANDLERS = "/proc/sys/fs/binfmt_misc";
    private static final Map<String, List<String>> NATIVE_BESIDES =
            Map.of("amd64", List.of("386"), "arm64", List.of("arm"));

    private final HostFiles files;
    private final Platform own;

    ForeignPrograms(HostFiles files, Platform own) {
        this.files = files;
        this.own = own;
    }

    public static ForeignPrograms ofThisMachine() {
        return new ForeignPrograms(new RealHostFiles(), Platform.ofThisMachine());
    }

    /** @throws HostUnsuitable if a RUN in an image of the platform could start no program; says which handler is missing */
    public void require(Platform platform) {
        if (!platform.os().equals("linux")) {
            throw refused(
                    platform,
                    "it is no Linux",
                    "An image for " + platform.os() + " can be built here without RUN only.");
        }
        String architecture = platform.architecture();
        if (architecture.isEmpty()
                || architecture.equals(own.architecture())
                || NATIVE_BESIDES.getOrDefault(own.architecture(), List.of()).contains(architecture)) {
            return;
        }
        Optional<ElfHeader> header = ElfHeader.of(architecture);
        if (header.isEmpty()) {
            throw refused(platform, "its architecture is not known", "Build it without RUN, or on such a machine.");
        }
        judge(platform, header.get());
    }

    private void judge(Platform platform, ElfHeader header) {
        String install =
                "Install it, as root and for the whole machine: apt-get install qemu-user-static binfmt-support,"
                        + " dnf install qemu-user-static; or build without RUN, or on such a machine.";
        List<BinaryHandler> matching = files.names(HANDLERS).stream()
                .filter(name -> !name.equals("register") && !name.equals("status"))
                .flatMap(name -> BinaryHandler.parse(name, text(HANDLERS + "/" + name)).stream())
                .filter(handler -> handler.takes(header))
                .toList();
        if (matching.isEmpty() || text(HANDLERS + "/status").strip().equals("disabled")) {
            throw refused(platform, "binfmt_misc has no handler " + header.handler() + " for its programs", install);
        }
        if (matching.stream().noneMatch(BinaryHandler::staysOpen)) {
            throw refused(
                    platform,
                    "the handler " + matching.get(0).name() + " of binfmt_misc lacks the flag F, without which "
                            + matching.get(0).interpreter() + " would have to be in the image",
                    "Register it anew with the flag F, as the package qemu-user-static does.");
        }
    }

    private String text(String path) {
        String text = files.text(path);
        return text == null ? "" : text;
    }

    private static HostUnsuitable refused(Platform platform, String why, String remedy) {
        return new HostUnsuitable(
                FailureCode.HOST_UNSUITABLE,
                "RUN cannot be run on this machine in an image for " + platform + ": " + why + ".",
                remedy);
    }
}
