package org.jbuildah.engine.registry;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;

/**
 * The certificates that registries may show beside those that the platform trusts, and the ones that they are shown.
 *
 * @see <a href="https://github.com/containers/image/blob/main/docs/containers-certs.d.5.md">containers-certs.d(5)</a>
 */
public final class Certificates {
    private final Function<String, CertificateFolder> folders;

    private Certificates(Function<String, CertificateFolder> folders) {
        this.folders = folders;
    }

    /**
     * Those of this machine: of a user's {@code ~/.config/containers/certs.d}, then of its owner's.
     *
     * @param environment for {@code HOME}
     */
    static Certificates ofThisMachine(Map<String, String> environment) {
        List<Path> folders = new ArrayList<>();
        String home = environment.getOrDefault("HOME", "");
        if (!home.isEmpty()) {
            folders.add(Path.of(home, ".config/containers/certs.d"));
        }
        folders.add(Path.of("/etc/containers/certs.d"));
        folders.add(Path.of("/etc/docker/certs.d"));
        return perRegistry(folders);
    }

    /** In each folder one for each registry, named {@code host[:port]}; the first that is there counts alone. */
    static Certificates perRegistry(List<Path> folders) {
        return new Certificates(registry -> folders.stream()
                .flatMap(folder -> ownFolder(folder, registry).stream())
                .findFirst()
                .map(CertificateFolder::read)
                .orElse(CertificateFolder.EMPTY));
    }

    /**
     * One folder for whatever registry is asked; read at once.
     *
     * @throws RequestInvalid if it is not there, or what it holds cannot be used
     */
    static Certificates in(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "The certificate directory \"" + folder + "\" "
                            + (Files.exists(folder) ? "is no directory." : "does not exist."),
                    "Name a directory with *.crt (authorities), and *.cert with *.key (who is asking), or name none.");
        }
        CertificateFolder read = CertificateFolder.read(folder);
        return new Certificates(registry -> read);
    }

    private static Optional<Path> ownFolder(Path folder, String registry) {
        try {
            return Optional.of(folder.resolve(registry)).filter(Files::isDirectory);
        } catch (InvalidPathException e) {
            return Optional.empty(); // a file system that cannot spell host:port holds no such folder
        }
    }

    CertificateFolder of(String registry) {
        return folders.apply(registry);
    }
}
