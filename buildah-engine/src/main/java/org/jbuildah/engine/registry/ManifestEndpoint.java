package org.jbuildah.engine.registry;

import java.io.IOException;
import java.util.Optional;
import org.jbuildah.engine.http.HttpAnswer;
import org.jbuildah.engine.http.RequestBody;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.Json;
import org.jbuildah.engine.oci.MediaType;

/**
 * {@code /v2/<name>/manifests/<reference>}.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests">distribution-spec: pulling manifests</a>
 */
final class ManifestEndpoint {
    private static final String ACCEPT = String.join(
            ", ", MediaType.OCI_INDEX, MediaType.DOCKER_LIST, MediaType.OCI_MANIFEST, MediaType.DOCKER_MANIFEST);
    private static final int SIZE_LIMIT = 32 << 20; // registries take 4 MiB; an endless answer must not fill the heap

    private final RegistrySession session;
    private final TagsEndpoint tags;

    ManifestEndpoint(RegistrySession session, TagsEndpoint tags) {
        this.session = session;
        this.tags = tags;
    }

    FetchedManifest get(String reference, Errand errand) throws InterruptedException {
        HttpAnswer answer = session.send(request("GET", reference, errand).withHeader("Accept", ACCEPT), errand);
        if (answer.status() == 404) {
            throw Letters.notFound(errand, RegistryJson.complaint(answer), tags.orNone(errand));
        }
        if (!answer.success()) {
            throw Letters.refused(errand, "reading the manifest", RegistryJson.complaint(answer));
        }
        byte[] bytes;
        try {
            bytes = answer.bytes(SIZE_LIMIT);
        } catch (IOException e) {
            throw interruptedOr(Letters.broken(errand, "reading the manifest", e));
        }
        Digest digest = verified(bytes, reference, answer, errand);
        return new FetchedManifest(mediaType(answer, bytes, errand), digest, bytes);
    }

    private static RuntimeException interruptedOr(RuntimeException failure) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while a manifest arrived");
        }
        return failure;
    }

    private static Digest verified(byte[] bytes, String reference, HttpAnswer answer, Errand errand) {
        Digest promised = asDigest(reference)
                .or(() -> answer.header("Docker-Content-Digest").flatMap(ManifestEndpoint::asDigest))
                .orElseGet(() -> Digest.of(bytes));
        Digest actual = Digests.like(promised, bytes);
        if (!actual.equals(promised)) {
            throw Letters.corrupt(
                    errand, "the manifest should have the digest " + promised + ", but its bytes have " + actual);
        }
        return actual;
    }

    private static Optional<Digest> asDigest(String text) {
        try {
            return Optional.of(Digest.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a tag, or an algorithm that nobody here computes
        }
    }

    private static String mediaType(HttpAnswer answer, byte[] bytes, Errand errand) {
        String said = contentType(answer);
        if (MediaType.isIndex(said) || MediaType.isManifest(said)) {
            return said;
        }
        try {
            return Json.mediaTypeOf(bytes);
        } catch (IllegalArgumentException e) {
            throw Letters.corrupt(
                    errand,
                    "the registry answers \"" + said
                            + "\" where an image manifest of OCI or Docker (schema 2) was asked for");
        }
    }

    private static String contentType(HttpAnswer answer) {
        return answer.header("Content-Type").orElse("").replaceFirst("\\s*;.*", "");
    }

    Optional<Descriptor> head(String reference, Errand errand) throws InterruptedException {
        try (HttpAnswer answer =
                session.send(request("HEAD", reference, errand).withHeader("Accept", ACCEPT), errand)) {
            if (answer.status() == 404) {
                return Optional.empty();
            }
            if (!answer.success()) {
                throw Letters.refused(errand, "asking for the manifest", "HTTP " + answer.status());
            }
            Optional<Digest> digest = asDigest(reference)
                    .or(() -> answer.header("Docker-Content-Digest").flatMap(ManifestEndpoint::asDigest));
            Optional<String> length = answer.header("Content-Length").filter(text -> text.matches("[0-9]{1,18}"));
            String mediaType = contentType(answer);
            if (digest.isPresent() && length.isPresent() && !mediaType.isEmpty()) {
                return Optional.of(new Descriptor(mediaType, digest.get(), Long.parseLong(length.get())));
            }
        }
        // a registry that says too little in its headers: only the bytes can tell
        return Optional.of(get(reference, errand).descriptor());
    }

    Digest put(String reference, String mediaType, byte[] bytes, Errand errand) throws InterruptedException {
        Digest digest = Digest.of(bytes);
        RegistryRequest request = request("PUT", reference, errand)
                .withHeader("Content-Type", mediaType)
                .withBody(RequestBody.of(bytes));
        HttpAnswer answer = session.send(request, errand);
        if (!answer.success()) {
            throw Letters.refused(errand, "putting the manifest", RegistryJson.complaint(answer));
        }
        answer.close();
        Optional<Digest> stored = answer.header("Docker-Content-Digest").flatMap(ManifestEndpoint::asDigest);
        if (stored.isPresent() && !stored.get().equals(Digests.like(stored.get(), bytes))) {
            throw Letters.corrupt(
                    errand,
                    "the manifest with the digest " + digest + " was stored by the registry as " + stored.get());
        }
        return digest;
    }

    private RegistryRequest request(String method, String reference, Errand errand) throws InterruptedException {
        return RegistryRequest.of(
                method, session.address(errand.image().repository() + "/manifests/" + reference, errand), errand);
    }
}
