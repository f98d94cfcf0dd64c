package org.jbuildah.engine.snapshot;

import java.util.List;
import org.jbuildah.engine.oci.ChainId;
import org.jbuildah.engine.oci.DiffId;

/**
 * What an unpacked directory holds: one layer by itself, or what a layer makes of the stack below it.
 *
 * @param text a file name
 */
record LayerKey(String text) {
    static LayerKey of(DiffId layer) {
        return new LayerKey("diff-" + layer.digest().hex());
    }

    /** @param layers lowest first, at least one */
    static LayerKey ofChain(List<DiffId> layers) {
        return new LayerKey("chain-" + ChainId.of(layers).digest().hex());
    }
}
