package org.jbuildah.engine.context;

import java.util.Optional;
import org.jbuildah.engine.oci.Digest;

/** Remembers the digests of files by their fingerprints, so that an unchanged file is read once. Forgetting costs time only. */
public interface DigestMemo {
    /** The digest of the content that a file of that {@link SourceTree#fingerprint} had. */
    Optional<Digest> recall(String fingerprint);

    void remember(String fingerprint, Digest content);

    /** A memo that forgets. */
    static DigestMemo none() {
        return new DigestMemo() {
            @Override
            public Optional<Digest> recall(String fingerprint) {
                return Optional.empty();
            }

            @Override
            public void remember(String fingerprint, Digest content) {}
        };
    }
}
