package org.jbuildah.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearNameTest {
    private static final List<String> KNOWN =
            List.of("docker.io/library/busybox:latest", "localhost/bb:1", "localhost:5000/team/shop:2");

    @Test
    void anotherTagOfTheSameRepositoryIsMeant() {
        assertThat(NearName.of("bb", KNOWN)).contains("bb:1");
        assertThat(NearName.of("localhost/bb:2", KNOWN)).contains("bb:1");
        assertThat(NearName.of("localhost:5000/team/shop", KNOWN)).contains("localhost:5000/team/shop:2");
    }

    @Test
    void elseANameThatIsNearlyTheSame() {
        assertThat(NearName.of("bsuybox", KNOWN)).contains("busybox");
        assertThat(NearName.of("cc", KNOWN)).isEmpty();
        assertThat(NearName.of("nothing/like/it", KNOWN)).isEmpty();
    }
}
