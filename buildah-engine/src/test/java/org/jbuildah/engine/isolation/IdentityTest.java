package org.jbuildah.engine.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jbuildah.engine.rootfs.Credentials;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private static final int HIGHEST = -2; // 4294967294, as the kernel reads it

    @Test
    void supplementaryGroupsAreToldInAscendingOrder() {
        Identity app = Identity.of(new Credentials(1000, 1000, List.of(30, HIGHEST, 4, 20)));

        assertThat(app.supplementary()).containsExactly(4, 20, 30, HIGHEST);
        assertThat(app.withSupplementary(List.of(7, 5, 7)).supplementary()).containsExactly(5, 7, 7);
    }

    @Test
    void onlyRootCanKeepWhatRootMayDoWithGroups() {
        Identity root = Identity.of(Credentials.ROOT);
        Ids app = Ids.all(1000);

        assertThat(root.keeping(true).withUsers(app).mayChangeGroups()).isTrue();
        assertThat(root.keeping(true).keeping(false).withUsers(app).mayChangeGroups())
                .isFalse();
        assertThat(root.withUsers(app).keeping(true).mayChangeGroups()).isFalse();
    }
}
