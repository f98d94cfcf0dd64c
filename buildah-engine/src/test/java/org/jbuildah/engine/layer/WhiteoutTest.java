package org.jbuildah.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WhiteoutTest {
    @Test
    void aMarkerNamesWhatItRemoves() {
        assertThat(Whiteout.removedBy(EntryName.of("a/.wh.b"))).contains(EntryName.of("a/b"));
        assertThat(Whiteout.removedBy(EntryName.of("a/b"))).isEmpty();
        assertThat(Whiteout.markerFor(EntryName.of("a/b"))).isEqualTo(EntryName.of("a/.wh.b"));
        assertThat(Whiteout.markerFor(EntryName.of("b"))).isEqualTo(EntryName.of(".wh.b"));
    }

    @Test
    void theOpaqueMarkerRemovesNoSingleName() {
        assertThat(Whiteout.opaqueMarkerIn(EntryName.ROOT)).isEqualTo(EntryName.of(".wh..wh..opq"));
        assertThat(Whiteout.isOpaqueMarker(EntryName.of("d/.wh..wh..opq"))).isTrue();
        assertThat(Whiteout.removedBy(EntryName.of("d/.wh..wh..opq"))).isEmpty();
    }

    @Test
    void markersThatNameNothingRemoveNothing() {
        for (String name : new String[] {"d/.wh.", "d/.wh..", "d/.wh...", "d/.wh..wh.aufs"}) {
            assertThat(Whiteout.removedBy(EntryName.of(name))).as(name).isEmpty();
        }
        assertThat(Whiteout.removedBy(EntryName.of("d/.wh..bashrc"))).contains(EntryName.of("d/.bashrc"));
    }

    @Test
    void noMarkerRemovesTheRootOrAMarker() {
        assertThatThrownBy(() -> Whiteout.markerFor(EntryName.ROOT)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Whiteout.markerFor(EntryName.of(".wh.a")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
