package org.jbuildah.engine.oci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigestTest {
    private static final Digest ONE = Digest.of(new byte[] {1});
    private static final Digest TWO = Digest.of(new byte[] {2});

    @Test
    void equalTextsAreEqualDigests() {
        Digest again = Digest.parse(ONE.toString());

        assertThat(again).isEqualTo(ONE).hasSameHashCodeAs(ONE).isEqualByComparingTo(ONE);
        assertThat(new DiffId(again)).isEqualTo(new DiffId(ONE)).hasSameHashCodeAs(new DiffId(ONE));
    }

    @Test
    void otherBytesOrAnotherAlgorithmAreNot() {
        Digest long1 = new Digest("sha512", ONE.hex() + ONE.hex());
        Digest long2 = new Digest("sha512", ONE.hex() + TWO.hex());

        assertThat(ONE).isNotEqualTo(TWO).isNotEqualTo(long1).isNotEqualTo(ONE.toString());
        assertThat(long1).isNotEqualTo(long2);
        assertThat(new DiffId(ONE)).isNotEqualTo(new DiffId(TWO)).isNotEqualTo(ONE);
    }
}
