package org.jbuildah.engine.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceTest {
    private static final String HEX = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @CsvSource({
        "debian, docker.io/library/debian:latest",
        "debian:12, docker.io/library/debian:12",
        "bitnami/nginx, docker.io/bitnami/nginx:latest",
        "docker.io/debian, docker.io/library/debian:latest",
        "index.docker.io/debian:1, docker.io/library/debian:1",
        "localhost/shop:1.0, localhost/shop:1.0",
        "localhost:5000/shop, localhost:5000/shop:latest",
        "127.0.0.1:5055/a/b:x, 127.0.0.1:5055/a/b:x",
        "[::1]:5000/shop, [::1]:5000/shop:latest",
        "Registry/shop, Registry/shop:latest",
        "quay.io/a/b/c:Tag_1.2-x, quay.io/a/b/c:Tag_1.2-x",
        "a__b, docker.io/library/a__b:latest",
        "a---b/c.d_e, docker.io/a---b/c.d_e:latest",
        "debian@sha256:" + HEX + ", docker.io/library/debian@sha256:" + HEX,
        "debian:12@sha256:" + HEX + ", docker.io/library/debian:12@sha256:" + HEX,
        "localhost, docker.io/library/localhost:latest",
        "localhost:5000, docker.io/library/localhost:5000",
    })
    void isReadAsUsersMeanIt(String text, String full) {
        assertThat(Reference.parse(text)).hasToString(full);
    }

    @ParameterizedTest
    @CsvSource({
        "shop, localhost/shop:latest",
        "team/shop:2, localhost/team/shop:2",
        "quay.io/shop, quay.io/shop:latest",
        "docker.io/shop, docker.io/library/shop:latest",
        "localhost/shop, localhost/shop:latest",
    })
    void ownNamesWithoutRegistryAreLocal(String text, String full) {
        assertThat(Reference.parseLocal(text)).hasToString(full);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|An image name is empty.",
                "Shop|must be in lower case",
                "a/Shop|must be in lower case",
                "shop:|\"\" is no tag",
                "shop:-x|\"-x\" is no tag",
                "shop:a b|\"a b\" is no tag",
                "a//b|is no repository",
                "/shop|is no repository",
                "shop/|is no repository",
                "-shop|is no repository",
                "a___b|is no repository",
                "a..b|is no repository",
                "-x.io/shop|\"-x.io\" is no registry",
                "x.io:port/shop|\"x.io:port\" is no registry",
                "shop@sha256:12|is no digest",
                "shop@sha256:" + HEX + "0|is no digest",
                HEX + "|an image id, and no name",
                "https://x.io/shop|is no registry",
            })
    void whatTheGrammarForbidsIsRefusedWithItsReason(String text, String reason) {
        assertThatThrownBy(() -> Reference.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({"debian, latest", "debian:12, 12", "debian:12@sha256:" + HEX + ", sha256:" + HEX})
    void theDigestCountsBeforeTheTag(String text, String target) {
        assertThat(Reference.parse(text).target()).isEqualTo(target);
    }

    @Property
    void printingAndParsingIsTheIdentity(@ForAll("references") Reference reference) {
        assertThat(Reference.parse(reference.toString())).isEqualTo(reference);
    }

    @Provide
    Arbitrary<Reference> references() {
        Arbitrary<String> registries = Arbitraries.of("quay.io", "localhost", "localhost:5000", "[::1]:80", "A.b-c:1");
        Arbitrary<String> repositories = Arbitraries.of("a", "a/b", "a.b_c/d__e/f--g", "0");
        Arbitrary<String> tags = Arbitraries.of("latest", "1.0", "_x", "A-b.c").injectNull(0.3);
        Arbitrary<Digest> digests = Arbitraries.of(new Digest("sha256", HEX)).injectNull(0.5);
        return Combinators.combine(registries, repositories, tags, digests)
                .as(Reference::new)
                .filter(reference -> reference.tag() != null || reference.digest() != null);
    }
}
