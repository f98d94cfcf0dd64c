package org.jbuildah.engine.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The rules of credentials(7). */
class IdsTest {
    private static final boolean ROOT = true;
    private static final boolean USER = false;
    private static final Ids APP = Ids.all(1000);

    @Test
    void rootBecomesAnybodyForGood() {
        assertThat(Ids.all(0).set(1000, ROOT)).contains(APP);
        assertThat(APP.set(0, USER)).isEmpty();
    }

    @Test
    void whatWasSavedCanBeTakenUpAgain() {
        Ids lent = Ids.all(0).setAll(Ids.AS_IS, 1000, Ids.AS_IS, ROOT).orElseThrow();
        assertThat(lent).isEqualTo(new Ids(0, 1000, 0, 1000));
        assertThat(lent.set(0, USER)).contains(Ids.all(0));
        assertThat(lent.setAll(Ids.AS_IS, 7, Ids.AS_IS, USER)).isEmpty();
    }

    @Test
    void realAndEffectiveMayBeSwapped() {
        Ids swapped = new Ids(5, 6, 6, 6).setRealAndEffective(6, 5, USER).orElseThrow();
        assertThat(swapped).isEqualTo(new Ids(6, 5, 5, 5));
        assertThat(new Ids(5, 6, 7, 6).setRealAndEffective(7, Ids.AS_IS, USER)).isEmpty();
        assertThat(new Ids(5, 6, 7, 6).setRealAndEffective(Ids.AS_IS, 7, USER)).contains(new Ids(5, 7, 7, 7));
    }

    @Test
    void theSavedIdStaysWhenTheEffectiveOneBecomesTheReal() {
        assertThat(new Ids(5, 6, 6, 6).setRealAndEffective(Ids.AS_IS, 5, USER)).contains(new Ids(5, 5, 6, 5));
    }

    @Test
    void aFileSystemIdThatIsNotAllowedChangesNothing() {
        assertThat(APP.setFileSystem(0, USER)).isEqualTo(APP);
        assertThat(Ids.all(0).setFileSystem(1000, ROOT)).isEqualTo(new Ids(0, 0, 0, 1000));
        assertThat(APP.setFileSystem(Ids.AS_IS, ROOT)).isEqualTo(APP); // how a program asks which it is
    }
}
