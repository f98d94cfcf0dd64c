package org.jbuildah.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.http.HttpAnswer;
import org.jbuildah.engine.http.HttpPort;
import org.jbuildah.engine.http.RequestBody;
import org.jbuildah.engine.http.RetryPolicy;
import org.jbuildah.engine.http.Uris;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v2/<name>/blobs/uploads/}.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-blobs">distribution-spec: pushing blobs</a>
 */
final class UploadEndpoint {
    private static final int CHUNK = 8 << 20;
    private static final int LARGEST_CHUNK = 64 << 20;
    private static final Pattern RECEIVED = Pattern.compile("(?:bytes=)?0-([0-9]{1,18})");

    private final RegistrySession session;
    private final BlobEndpoint blobs;

    UploadEndpoint(RegistrySession session) {
        this.session = session;
        this.blobs = new BlobEndpoint(session);
    }

    // ---- digest known: one PUT

    BlobDelivery push(Descriptor blob, List<String> mountFrom, BlobSource source, LongConsumer sent, Errand errand)
            throws InterruptedException {
        if (blobs.has(blob.digest(), errand)) {
            return BlobDelivery.PRESENT;
        }
        for (String from : mountFrom) {
            if (!from.equals(errand.image().repository()) && mount(blob.digest(), from, errand)) {
                return BlobDelivery.MOUNTED;
            }
        }
        upload(blob, source, sent, errand);
        return BlobDelivery.UPLOADED;
    }

    /** Whether the registry took the blob from another repository; an upload that it opens instead is given back. */
    private boolean mount(Digest blob, String from, Errand errand) throws InterruptedException {
        URI uploads = Uris.with(Uris.with(uploads(errand), "mount", blob.toString()), "from", from);
        RegistryRequest request = RegistryRequest.of("POST", uploads, errand).withScope("repository:" + from + ":pull");
        try (HttpAnswer answer = session.send(request, errand)) {
            if (answer.status() == 202) {
                abandon(answer.location(), errand);
            }
            return answer.status() == 201;
        } catch (BuildException e) {
            if (e.code() == FailureCode.REGISTRY_DENIED) {
                return false; // the other repository is not ours to read: the blob is uploaded instead
            }
            throw e;
        } catch (IOException e) {
            return false; // a Location that is none; the upload will find its own
        }
    }

    private void abandon(URI upload, Errand errand) throws InterruptedException {
        try {
            session.once(RegistryRequest.of("DELETE", upload, errand), errand).close();
        } catch (IOException | BuildException e) {
            return; // registries sweep their abandoned uploads themselves
        }
    }

    private void upload(Descriptor blob, BlobSource source, LongConsumer sent, Errand errand)
            throws InterruptedException {
        for (int failures = 0; ; failures++) {
            URI upload = start(errand).location();
            RegistryRequest put = RegistryRequest.of(
                            "PUT", Uris.with(upload, "digest", blob.digest().toString()), errand)
                    .withHeader("Content-Type", "application/octet-stream")
                    .withBody(new RequestBody(source::open, blob.size(), sent));
            boolean last = failures == session.retry().retries();
            if (put(put, blob.digest(), failures, last, errand) || blobs.has(blob.digest(), errand)) {
                return;
            }
        }
    }

    /** True when the registry took it; false, after a pause, when it is worth looking and trying again. */
    private boolean put(RegistryRequest put, Digest digest, int failures, boolean last, Errand errand)
            throws InterruptedException {
        String doing = "uploading the blob " + digest;
        try (HttpAnswer answer = session.once(put, errand)) {
            if (answer.success()) {
                verifyStored(answer, digest, errand);
                return true;
            }
            // 404: another instance of the registry than the one that opened the upload, or one that restarted
            if (last || !(answer.passing() || answer.status() == 404)) {
                throw Letters.refused(errand, doing, RegistryJson.complaint(answer));
            }
            session.retry().pause(failures, answer);
        } catch (HttpPort.BodyUnreadable e) {
            throw Letters.unreadable(errand, e);
        } catch (IOException e) {
            if (last || !RetryPolicy.passing(e)) {
                throw Letters.broken(errand, doing, e);
            }
            session.retry().pause(failures, Optional.empty());
        }
        return false;
    }

    private static void verifyStored(HttpAnswer answer, Digest digest, Errand errand) {
        Optional<String> stored = answer.header("Docker-Content-Digest");
        if (stored.isPresent()
                && stored.get().startsWith(digest.algorithm() + ":")
                && !stored.get().equals(digest.toString())) {
            throw Letters.corrupt(errand, "the blob " + digest + " was stored by the registry as " + stored.get());
        }
    }

    // ---- digest not known before: PATCH by PATCH, then PUT

    Descriptor push(String mediaType, InputStream bytes, LongConsumer sent, Errand errand) throws InterruptedException {
        Upload begun = start(errand);
        byte[] chunk = new byte[Math.max(CHUNK, begun.smallestChunk())];
        MessageDigest computation = Digest.sha256();
        URI upload = begun.location();
        long position = 0;
        for (int n = fill(chunk, bytes, errand); n > 0; n = fill(chunk, bytes, errand)) {
            computation.update(chunk, 0, n);
            upload = patch(upload, chunk, n, position, errand);
            position += n;
            sent.accept(position);
        }
        Digest digest = Digest.finish(computation);
        finish(upload, digest, errand);
        return new Descriptor(mediaType, digest, position);
    }

    private static int fill(byte[] chunk, InputStream bytes, Errand errand) throws InterruptedException {
        try {
            return bytes.readNBytes(chunk, 0, chunk.length);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while reading what is to be pushed");
            }
            throw Letters.unreadable(errand, e);
        }
    }

    private URI patch(URI upload, byte[] chunk, int length, long position, Errand errand) throws InterruptedException {
        String doing = "uploading bytes from " + position + " on";
        URI to = upload;
        for (int failures = 0; ; failures++) {
            RegistryRequest patch = RegistryRequest.of("PATCH", to, errand)
                    .withHeader("Content-Type", "application/octet-stream")
                    .withHeader("Content-Range", position + "-" + (position + length - 1))
                    .withBody(RequestBody.of(chunk, 0, length));
            boolean last = failures == session.retry().retries();
            try (HttpAnswer answer = session.once(patch, errand)) {
                if (answer.success()) {
                    return answer.location();
                }
                if (last || !(answer.passing() || answer.status() == 416)) {
                    throw Letters.refused(errand, doing, RegistryJson.complaint(answer));
                }
                session.retry().pause(failures, answer);
            } catch (IOException e) {
                if (last || !RetryPolicy.passing(e)) {
                    throw Letters.broken(errand, doing, e);
                }
                session.retry().pause(failures, Optional.empty());
            }
            Received received = received(to, position, errand);
            to = received.upload();
            if (received.bytes() == position + length) {
                return to;
            }
            if (received.bytes() != position) {
                throw Letters.broken(
                        errand, doing, new IOException("the registry kept " + received.bytes() + " bytes"));
            }
        }
    }

    private record Received(URI upload, long bytes) {}

    /** How much of an upload the registry has, after something went wrong. */
    private Received received(URI upload, long position, Errand errand) throws InterruptedException {
        try (HttpAnswer answer = session.send(RegistryRequest.of("GET", upload, errand), errand)) {
            if (!answer.success()) {
                throw Letters.refused(errand, "asking how far the upload went", RegistryJson.complaint(answer));
            }
            Matcher range = RECEIVED.matcher(answer.header("Range").orElse("0-0"));
            long end = range.matches() ? Long.parseLong(range.group(1)) : -1;
            // nothing yet is spelt "0-0", as one byte is
            long bytes = end == 0 && position == 0 ? 0 : end + 1;
            return new Received(answer.header("Location").isPresent() ? answer.location() : upload, bytes);
        } catch (IOException e) {
            throw Letters.broken(errand, "asking how far the upload went", e);
        }
    }

    private void finish(URI upload, Digest digest, Errand errand) throws InterruptedException {
        RegistryRequest put = RegistryRequest.of("PUT", Uris.with(upload, "digest", digest.toString()), errand);
        for (int failures = 0; ; failures++) {
            boolean last = failures == session.retry().retries();
            if (put(put, digest, failures, last, errand) || blobs.has(digest, errand)) {
                return;
            }
        }
    }

    // ---- both

    private record Upload(URI location, int smallestChunk) {}

    private Upload start(Errand errand) throws InterruptedException {
        try (HttpAnswer answer = session.send(RegistryRequest.of("POST", uploads(errand), errand), errand)) {
            if (answer.status() != 202) {
                throw Letters.refused(errand, "starting an upload", RegistryJson.complaint(answer));
            }
            return new Upload(
                    answer.location(),
                    smallestChunk(answer.header("OCI-Chunk-Min-Length").orElse(null)));
        } catch (IOException e) {
            throw Letters.broken(errand, "starting an upload", e);
        }
    }

    private static int smallestChunk(@Nullable String header) {
        return header != null && header.matches("[0-9]{1,9}") ? Math.min(Integer.parseInt(header), LARGEST_CHUNK) : 0;
    }

    private URI uploads(Errand errand) throws InterruptedException {
        return session.address(errand.image().repository() + "/blobs/uploads/", errand);
    }
}
