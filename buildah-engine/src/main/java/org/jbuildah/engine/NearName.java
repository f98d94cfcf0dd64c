package org.jbuildah.engine;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.NearMiss;

/** The image that was probably meant by a name that no image has. */
final class NearName {
    private static final List<String> UNSAID = List.of("localhost/", "docker.io/library/");
    private static final String LATEST = ":latest";

    private NearName() {}

    /**
     * An image of the same repository with another tag, else one whose name is nearly the same; written as short as a user may.
     *
     * @param references full ones
     */
    static Optional<String> of(String name, Collection<String> references) {
        String wanted = brief(name);
        List<String> known = references.stream().map(NearName::brief).toList();
        Optional<String> otherTag = known.stream()
                .filter(each -> repository(each).equals(repository(wanted)))
                .findFirst();
        return otherTag.isPresent() ? otherTag : NearMiss.of(wanted, known);
    }

    private static String brief(String reference) {
        String brief = reference;
        for (String host : UNSAID) {
            brief = brief.startsWith(host) ? brief.substring(host.length()) : brief;
        }
        return brief.endsWith(LATEST) ? brief.substring(0, brief.length() - LATEST.length()) : brief;
    }

    private static String repository(String brief) {
        int colon = brief.indexOf(':', brief.lastIndexOf('/') + 1);
        return colon < 0 ? brief : brief.substring(0, colon);
    }
}
