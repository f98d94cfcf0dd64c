package org.jbuildah.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.Optional;
import org.jbuildah.engine.http.RetryPolicy;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;

/**
 * A blob on its way here. Law: the last byte is handed out only when all of them are what the descriptor promises; a lost connection is
 * taken up again where it broke.
 */
final class BlobStream extends InputStream {
    private static final long PROGRESS_THAT_FORGIVES = 1 << 20;

    /** Opens the blob at a byte. */
    interface Continuation {
        InputStream from(long position) throws IOException, InterruptedException;
    }

    private final Descriptor blob;
    private final Continuation continuation;
    private final RetryPolicy retry;
    private final Errand errand;
    private final MessageDigest computation;
    private InputStream in;
    private long position;
    private int failures;
    private long failedAt;
    private boolean verified;

    BlobStream(Descriptor blob, InputStream in, Continuation continuation, RetryPolicy retry, Errand errand) {
        this.blob = blob;
        this.in = in;
        this.continuation = continuation;
        this.retry = retry;
        this.errand = errand;
        this.computation = Digests.computation(blob.digest());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            if (position == blob.size()) {
                verify();
                return -1;
            }
            try {
                int n = in.read(buffer, offset, (int) Math.min(length, blob.size() - position));
                if (n > 0) {
                    computation.update(buffer, offset, n);
                    position += n;
                    if (position == blob.size()) {
                        verify(); // before the last bytes leave: a reader may never ask for the end
                    }
                    return n;
                }
                resume(new IOException("it ended after " + position + " of " + blob.size() + " bytes"));
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                resume(e);
            }
        }
    }

    private void verify() throws IOException {
        if (verified) {
            return;
        }
        Digest actual = Digests.finish(blob.digest(), computation);
        if (!actual.equals(blob.digest())) {
            throw Letters.corrupt(
                    errand,
                    "the blob " + blob.digest() + " arrived whole (" + blob.size() + " bytes), but has the digest "
                            + actual);
        }
        if (moreThanPromised()) {
            throw Letters.corrupt(
                    errand,
                    "the blob " + blob.digest() + " is longer than the " + blob.size()
                            + " bytes that its manifest says");
        }
        verified = true;
    }

    private boolean moreThanPromised() throws IOException {
        try {
            return in.read() >= 0;
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            return false; // cut after its last byte: nothing is missing
        }
    }

    private void resume(IOException why) throws IOException {
        in.close();
        if (position - failedAt >= PROGRESS_THAT_FORGIVES) {
            failures = 0;
        }
        failedAt = position;
        if (failures >= retry.retries() || !RetryPolicy.passing(why)) {
            throw Letters.broken(errand, "reading the blob " + blob.digest(), why);
        }
        try {
            retry.pause(failures++, Optional.empty());
            in = continuation.from(position);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while a blob arrived");
            interrupted.initCause(e);
            throw interrupted;
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            resume(e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
