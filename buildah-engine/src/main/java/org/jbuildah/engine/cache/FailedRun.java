package org.jbuildah.engine.cache;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.JsonObjectView;
import org.jbuildah.engine.oci.JsonText;
import org.jbuildah.engine.rootfs.Credentials;
import org.jbuildah.engine.rootfs.Network;

/**
 * A RUN that failed and what it left: all that is needed to start another process where it ended. Not in here, since nothing of it may
 * outlive the build: secrets, proxies, and what was mounted.
 *
 * @param place {@code Dockerfile:LINE}
 * @param reason a sentence, such as that of the exit code
 * @param layers those before, and above them the change that the failed process made
 * @param arguments of the failed process
 * @param shell the stage's, as {@code SHELL} has it
 */
public record FailedRun(
        Instant failed,
        String place,
        String reason,
        List<DiffId> layers,
        List<String> arguments,
        List<String> environment,
        String workingDirectory,
        Credentials credentials,
        Network network,
        List<Capability> capabilities,
        List<String> shell) {
    private static final int SHORT_ID = 12;

    public FailedRun {
        layers = List.copyOf(layers);
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
        capabilities = List.copyOf(capabilities);
        shell = List.copyOf(shell);
    }

    /** Twelve hexadecimal digits. */
    public String id() {
        return Digest.of(toBytes()).hex().substring(0, SHORT_ID);
    }

    byte[] toBytes() {
        JsonText json = new JsonText().open('{');
        json.field("failed", failed.toString());
        json.field("place", place);
        json.field("reason", reason);
        json.strings("layers", layers.stream().map(DiffId::toString).toList());
        json.strings("arguments", arguments);
        json.strings("environment", environment);
        json.field("directory", workingDirectory);
        json.field("uid", credentials.uid());
        json.field("gid", credentials.gid());
        json.strings(
                "groups",
                credentials.supplementaryGids().stream().map(String::valueOf).toList());
        json.field("network", network.word());
        json.strings("capabilities", capabilities.stream().map(Capability::name).toList());
        json.strings("shell", shell);
        return json.close('}').bytes();
    }

    /** Reads a record; one that cannot be read, of a later version perhaps, is none. */
    static Optional<FailedRun> of(byte[] bytes) {
        try {
            JsonObjectView json = JsonObjectView.parse("a failed RUN", bytes);
            return Optional.of(new FailedRun(
                    Instant.parse(json.requiredString("failed")),
                    json.string("place"),
                    json.string("reason"),
                    json.strings("layers").stream().map(DiffId::parse).toList(),
                    json.strings("arguments"),
                    json.strings("environment"),
                    json.requiredString("directory"),
                    new Credentials(
                            Math.toIntExact(json.requiredNumber("uid")),
                            Math.toIntExact(json.requiredNumber("gid")),
                            json.strings("groups").stream()
                                    .map(Integer::valueOf)
                                    .toList()),
                    Network.parse(json.requiredString("network")),
                    json.strings("capabilities").stream()
                            .map(Capability::valueOf)
                            .toList(),
                    json.strings("shell")));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException broken) {
            return Optional.empty();
        }
    }
}
