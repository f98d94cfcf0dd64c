package org.jbuildah.engine.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UsersTest {
    @Test
    void malformedLinesAreSkipped() {
        Users users = Users.parse(
                """
                root:x:0:0:root:/root:/bin/bash

                # a comment:x:1:1
                broken
                nan:x:one:1::/:
                huge:x:4294967294:0::/:
                :x:5:5::/:
                +::::::
                short:x:7:8
                """,
                "root:x:0:\nwheel:x:10:root, app,\nnan:x:y:\nfew:x\n");

        assertThat(users.users())
                .containsExactly(new Users.User("root", 0, 0, "/root"), new Users.User("short", 7, 8, ""));
        assertThat(users.groups())
                .containsExactly(
                        new Users.Group("root", 0, List.of()), new Users.Group("wheel", 10, List.of("root", "app")));
    }

    @Test
    void theFirstOfTwoUsersWithOneNameCounts() {
        Users users = Users.parse("a:x:1:1::/:\r\na:x:2:2::/:\n", "");

        assertThat(users.user("a")).contains(new Users.User("a", 1, 1, "/"));
        assertThat(users.user(2)).isPresent();
    }
}
