package org.jbuildah.engine.fetch;

import org.jbuildah.engine.oci.Digest;
import org.jspecify.annotations.Nullable;

/** Fetches from this machine; commits are checked out into scratch directories of the store. */
record NetworkFetcher(Downloads downloads, Repositories repositories) implements Fetcher {
    @Override
    public Download download(WebAddress address, @Nullable Digest promised) throws InterruptedException {
        return downloads.download(address, promised);
    }

    @Override
    public Revision resolve(GitReference reference) throws InterruptedException {
        return repositories.resolve(reference);
    }

    @Override
    public Checkout checkout(GitReference reference, Revision revision, boolean keepGitDir)
            throws InterruptedException {
        return repositories.checkout(reference, revision, keepGitDir);
    }
}
