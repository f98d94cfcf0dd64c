package org.jbuildah.engine.oci;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The digest of a stack of layers, lowest first.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/config.md#layer-chainid">image-spec: layer ChainID</a>
 */
public record ChainId(Digest digest) {
    /**
     * The chain id of a stack.
     *
     * @param diffIds lowest first, at least one
     */
    public static ChainId of(List<DiffId> diffIds) {
        if (diffIds.isEmpty()) {
            throw new IllegalArgumentException("a chain has at least one layer");
        }
        Digest chain = diffIds.get(0).digest();
        for (DiffId next : diffIds.subList(1, diffIds.size())) {
            chain = Digest.of((chain + " " + next).getBytes(StandardCharsets.US_ASCII));
        }
        return new ChainId(chain);
    }

    @Override
    public String toString() {
        return digest.toString();
    }
}
