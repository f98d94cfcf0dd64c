package org.jbuildah.engine.fetch;

import java.util.Map;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.oci.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what {@link RemoteSource}s name. Serves one build, from any number of threads.
 *
 * <p>Laws: certificates are verified unless that was switched off; the proxies of the environment are used; nobody is asked for a
 * password; an interrupt ends any call with {@code InterruptedException} and leaves no process behind. A login is used only where the
 * address itself holds one, or where {@link Logins} has one for its host.
 */
public interface Fetcher {
    /** @param environment of this process: proxies, {@code PATH}, the SSH agent */
    static Fetcher of(ContentStore store, boolean verifyTls, Map<String, String> environment, Logins logins) {
        return new NetworkFetcher(
                Downloads.of(store, verifyTls, environment, logins),
                new Repositories(store, verifyTls, environment, logins));
    }

    /**
     * Has a file in the content store. One that is there already is asked for with its entity tag, and sent only if it has changed; one
     * whose digest is promised and that came from that address before is not asked for at all.
     *
     * @param promised the digest that it must have, or null
     * @throws org.jbuildah.engine.api.TransferFailed if it cannot be had, or is another one
     */
    Download download(WebAddress address, @Nullable Digest promised) throws InterruptedException;

    /**
     * Asks a repository which commit a reference names at present; a reference that is a commit is not asked for.
     *
     * @throws org.jbuildah.engine.api.TransferFailed if there is none, if it is not the commit that the reference promises, or if the
     *     repository cannot be read
     * @throws org.jbuildah.engine.api.HostUnsuitable if there is no {@code git}
     */
    Revision resolve(GitReference reference) throws InterruptedException;

    /**
     * Checks a commit out; its files may go when the store is closed.
     *
     * @param keepGitDir whether {@code .git} stays; never with a subdirectory
     * @throws org.jbuildah.engine.api.TransferFailed if it cannot be had, or the subdirectory is not there
     */
    Checkout checkout(GitReference reference, Revision revision, boolean keepGitDir) throws InterruptedException;
}
