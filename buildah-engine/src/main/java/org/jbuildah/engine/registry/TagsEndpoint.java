package org.jbuildah.engine.registry;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.http.HttpAnswer;
import org.jbuildah.engine.http.Uris;

/**
 * {@code /v2/<name>/tags/list}.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-tags">distribution-spec: listing tags</a>
 */
final class TagsEndpoint {
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;.*\\brel=\"?next\"?.*");
    private static final int PAGES = 100;
    private static final int PAGE_LIMIT = 16 << 20;

    private final RegistrySession session;

    TagsEndpoint(RegistrySession session) {
        this.session = session;
    }

    /** All tags, page by page; empty where the registry does not know the repository. */
    List<String> list(Errand errand) throws InterruptedException {
        List<String> tags = new ArrayList<>();
        Optional<URI> page = Optional.of(session.address(errand.image().repository() + "/tags/list", errand));
        for (int n = 0; page.isPresent() && n < PAGES; n++) {
            page = read(page.get(), tags, errand);
        }
        return tags;
    }

    private Optional<URI> read(URI page, List<String> into, Errand errand) throws InterruptedException {
        HttpAnswer answer = session.send(RegistryRequest.of("GET", page, errand), errand);
        if (answer.status() == 404) {
            answer.close();
            return Optional.empty();
        }
        if (!answer.success()) {
            throw Letters.refused(errand, "listing the tags", RegistryJson.complaint(answer));
        }
        try {
            into.addAll(RegistryJson.strings(RegistryJson.object(answer.bytes(PAGE_LIMIT)), "tags"));
            Matcher next = NEXT.matcher(answer.header("Link").orElse(""));
            return next.matches() ? Optional.of(Uris.resolve(page, next.group(1))) : Optional.empty();
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while a list of tags arrived");
            }
            throw Letters.broken(errand, "listing the tags", e);
        }
    }

    /** For suggestions: a registry that does not list its tags gives none, and that is no failure of its own. */
    List<String> orNone(Errand errand) throws InterruptedException {
        try {
            return list(errand);
        } catch (BuildException e) {
            return List.of();
        }
    }
}
