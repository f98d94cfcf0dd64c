package org.jbuildah.engine.remote;

import java.io.IOException;
import java.io.InputStream;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.TransferFailed;
import org.jbuildah.engine.content.BlobWriter;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.fetch.Checkout;
import org.jbuildah.engine.fetch.Download;
import org.jbuildah.engine.fetch.Fetcher;
import org.jbuildah.engine.fetch.GitReference;
import org.jbuildah.engine.fetch.Revision;
import org.jbuildah.engine.fetch.WebAddress;
import org.jbuildah.engine.oci.Digest;
import org.jspecify.annotations.Nullable;

/** Files from the network by way of the other side, which has {@code git}, proxies and an SSH agent. */
record AskedFetcher(Channel channel, ContentStore store) implements Fetcher {
    @Override
    public Download download(WebAddress address, @Nullable Digest promised) throws InterruptedException {
        try {
            Download download = channel.ask(new Question.Fetched(address, promised));
            if (!store.contains(download.digest())) {
                bring(download);
            }
            return download;
        } catch (IOException failure) {
            throw failed(address.uri().toString(), failure);
        }
    }

    private void bring(Download download) throws IOException {
        try (InputStream bytes = AskedBytes.of(channel, new Question.OpenBlob(download.digest()));
                BlobWriter blob = store.newBlob()) {
            bytes.transferTo(blob);
            Digest found = blob.commit("application/octet-stream").digest();
            if (!found.equals(download.digest())) {
                throw new IOException(download.digest() + " came as " + found);
            }
        }
    }

    @Override
    public Revision resolve(GitReference reference) throws InterruptedException {
        try {
            return channel.ask(new Question.Commit(reference));
        } catch (IOException failure) {
            throw failed(reference.shown(), failure);
        }
    }

    @Override
    public Checkout checkout(GitReference reference, Revision revision, boolean keepGitDir)
            throws InterruptedException {
        try {
            Answer.Tree tree = channel.ask(new Question.CheckOut(reference, revision, keepGitDir));
            return new Checkout(new AskedTree(channel, tree.number()), tree.commit(), tree.time());
        } catch (IOException failure) {
            throw failed(reference.shown(), failure);
        }
    }

    private static TransferFailed failed(String what, IOException failure) {
        return new TransferFailed(
                FailureCode.TRANSFER_FAILED,
                what + " could not be brought into the helper container: " + failure.getMessage() + ".",
                "Build again.",
                failure);
    }
}
