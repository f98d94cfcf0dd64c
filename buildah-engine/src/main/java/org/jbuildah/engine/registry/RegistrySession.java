package org.jbuildah.engine.registry;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.http.HttpAnswer;
import org.jbuildah.engine.http.HttpPort;
import org.jbuildah.engine.http.RetryPolicy;
import org.jbuildah.engine.http.Uris;
import org.jspecify.annotations.Nullable;

/** All requests to one registry go through here: addressed, authorized, redirected, and tried again. */
final class RegistrySession {
    private final RegistryFront front;
    private final HttpPort port;
    private final Authorizer authorizer;
    private final RetryPolicy retry;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable URI base;

    RegistrySession(RegistryFront front, HttpPort port, Authorizer authorizer, RetryPolicy retry) {
        this.front = front;
        this.port = port;
        this.authorizer = authorizer;
        this.retry = retry;
    }

    RetryPolicy retry() {
        return retry;
    }

    /** An address under the API's root, such as {@code library/debian/manifests/12}. */
    URI address(String path, Errand errand) throws InterruptedException {
        return base(errand).resolve(path);
    }

    private URI base(Errand errand) throws InterruptedException {
        URI found = base;
        if (found != null) {
            return found;
        }
        asking.lockInterruptibly();
        try {
            found = base;
            if (found == null) {
                found = front.base();
                base = found;
            }
            return found;
        } catch (IOException e) {
            throw Letters.unreachable(errand, e);
        } finally {
            asking.unlock();
        }
    }

    /** Sends a request as often as it takes; 401 and 403 have become a letter, any other status is the caller's. */
    HttpAnswer send(RegistryRequest request, Errand errand) throws InterruptedException {
        try {
            return retry.send(() -> once(request, errand));
        } catch (HttpPort.BodyUnreadable e) {
            throw Letters.unreadable(errand, e);
        } catch (IOException e) {
            throw Letters.unreachable(errand, e);
        }
    }

    /** Sends a request once, for callers who must look before they try again. */
    HttpAnswer once(RegistryRequest request, Errand errand) throws IOException, InterruptedException {
        URI home = base(errand);
        Optional<String> authorization = authorizer.header(request.scopes(), home, errand);
        HttpAnswer answer = port.send(request.call(), authorization, home);
        if (answer.status() == 401 && atHome(answer, home)) {
            List<Challenge> challenges = Challenge.parse(answer.headerLines("WWW-Authenticate"));
            Optional<String> better = authorizer.answer(challenges, authorization, request.scopes(), home, errand);
            if (better.isEmpty()) {
                throw denied(answer, authorization, errand);
            }
            answer.close();
            authorization = better;
            answer = port.send(request.call(), authorization, home);
        }
        if (answer.status() == 401 || answer.status() == 403) {
            throw denied(answer, authorization, errand);
        }
        return answer;
    }

    private static boolean atHome(HttpAnswer answer, URI home) {
        return Uris.origin(answer.uri()).equals(Uris.origin(home));
    }

    private BuildException denied(HttpAnswer answer, Optional<String> authorization, Errand errand) {
        Optional<RegistryCredential> used =
                authorization.isPresent() ? authorizer.credential(errand) : Optional.empty();
        URI uri = answer.uri();
        URI home = base;
        String where =
                home == null || atHome(answer, home) ? "" : Uris.shown(uri) + ", to where it redirects, answers ";
        return Letters.denied(errand, where + RegistryJson.complaint(answer), used, authorizer.places());
    }
}
