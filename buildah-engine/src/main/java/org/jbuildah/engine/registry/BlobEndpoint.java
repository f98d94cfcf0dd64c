package org.jbuildah.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.http.HttpAnswer;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;

/**
 * {@code /v2/<name>/blobs/<digest>}.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-blobs">distribution-spec: pulling blobs</a>
 */
final class BlobEndpoint {
    private final RegistrySession session;

    BlobEndpoint(RegistrySession session) {
        this.session = session;
    }

    boolean has(Digest blob, Errand errand) throws InterruptedException {
        try (HttpAnswer answer = session.send(request("HEAD", blob, errand), errand)) {
            if (answer.status() == 404) {
                return false;
            }
            if (!answer.success()) {
                throw Letters.refused(errand, "asking for the blob " + blob, "HTTP " + answer.status());
            }
            return true;
        }
    }

    InputStream open(Descriptor blob, Errand errand) throws InterruptedException {
        HttpAnswer first = get(blob, 0, errand);
        return new BlobStream(blob, first.body(), position -> reopen(blob, position, errand), session.retry(), errand);
    }

    private HttpAnswer get(Descriptor blob, long position, Errand errand) throws InterruptedException {
        RegistryRequest request = request("GET", blob.digest(), errand);
        HttpAnswer answer =
                session.send(position == 0 ? request : request.withHeader("Range", "bytes=" + position + "-"), errand);
        if (answer.status() == 404) {
            throw errand.failure(
                    FailureCode.IMAGE_NOT_FOUND,
                    errand.doing() + " failed: the manifest names the blob " + blob.digest() + ", but \""
                            + errand.repository() + "\" does not have it: " + RegistryJson.complaint(answer) + ".",
                    "Push the image again: the registry lost part of it.",
                    null);
        }
        if (!answer.success()) {
            throw Letters.refused(errand, "reading the blob " + blob.digest(), RegistryJson.complaint(answer));
        }
        return answer;
    }

    /** The blob from a byte on, even where the registry knows no ranges. */
    private InputStream reopen(Descriptor blob, long position, Errand errand) throws IOException, InterruptedException {
        HttpAnswer answer = get(blob, position, errand);
        if (position == 0 || answer.status() != 206) {
            answer.body().skipNBytes(position);
            return answer.body();
        }
        Optional<String> range = answer.header("Content-Range");
        if (range.isPresent() && !range.get().startsWith("bytes " + position + "-")) {
            answer.close();
            throw new IOException(
                    "asked for bytes from " + position + " on, the registry sends \"" + range.get() + "\"");
        }
        return answer.body();
    }

    private RegistryRequest request(String method, Digest blob, Errand errand) throws InterruptedException {
        return RegistryRequest.of(
                method, session.address(errand.image().repository() + "/blobs/" + blob, errand), errand);
    }
}
