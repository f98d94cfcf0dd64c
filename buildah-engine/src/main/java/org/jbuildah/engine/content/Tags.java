package org.jbuildah.engine.content;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import org.jbuildah.engine.oci.Descriptor;

/** The tagged images of a store: the entries of its {@code index.json}, by full reference. */
public final class Tags {
    Tags() {}

    /** The manifest (or index) that a full reference names, such as {@code localhost/shop:1.0}. */
    public Optional<Descriptor> find(String reference) throws IOException {
        throw new IllegalStateException("contract only");
    }

    /** Names a manifest; the reference moves if it was taken. Safe against other processes. */
    public void tag(String reference, Descriptor manifest) throws IOException {
        throw new IllegalStateException("contract only");
    }

    public void remove(String reference) throws IOException {
        throw new IllegalStateException("contract only");
    }

    public SortedMap<String, Descriptor> all() throws IOException {
        throw new IllegalStateException("contract only");
    }
}
