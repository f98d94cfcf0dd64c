package org.jbuildah.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
    private static final LayerEntry FILE = LayerEntry.file(EntryName.of("a"), 0644, 0, 0, 0, Instant.EPOCH);

    @Test
    void anOrdinaryEntryEntersAsItIs() {
        assertThat(Admission.of(FILE)).isEqualTo(new Admission.Kept(FILE));
        assertThat(Admission.of(FILE.withName(EntryName.of("d/.wh.a")))).isInstanceOf(Admission.Kept.class);
        assertThat(Admission.of(FILE.withName(EntryName.of("d/.wh..wh..opq")))).isInstanceOf(Admission.Kept.class);
    }

    @Test
    void xattrsOfStorageDriversAreTakenAway() {
        TreeMap<String, byte[]> xattrs = new TreeMap<>();
        for (String name : new String[] {
            "trusted.overlay.opaque",
            "user.overlay.redirect",
            "user.fuseoverlayfs.opaque",
            "user.containers.override_stat"
        }) {
            xattrs.put(name, new byte[] {'y'});
        }
        xattrs.put("security.capability", new byte[] {1});
        xattrs.put("user.overlaid", new byte[] {2});

        Admission admission = Admission.of(FILE.withXattrs(xattrs));

        assertThat(admission).isInstanceOf(Admission.Kept.class);
        assertThat(((Admission.Kept) admission).entry().xattrs())
                .containsOnlyKeys("security.capability", "user.overlaid");
    }

    @Test
    void theDeviceThatOverlayTakesForARemovalIsDropped() {
        assertThat(Admission.of(device(0, 0))).isInstanceOf(Admission.Dropped.class);
        assertThat(Admission.of(device(1, 3))).isInstanceOf(Admission.Kept.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {".wh..wh.aufs", ".wh..wh.plnk/17.1", "d/.wh..wh.orph"})
    void bookkeepingOfAufsIsDropped(String name) {
        assertThat(Admission.of(FILE.withName(EntryName.of(name)))).isInstanceOf(Admission.Dropped.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {".wh.", "d/.wh..", "d/.wh...", ".wh.d/file"})
    void markersThatMakeNoSenseAreRefused(String name) {
        assertThat(Admission.of(FILE.withName(EntryName.of(name)))).isInstanceOf(Admission.Refused.class);
    }

    @Test
    void aFileWithoutANameIsRefused() {
        assertThat(Admission.of(FILE.withName(EntryName.ROOT)))
                .isEqualTo(new Admission.Refused("an entry of type FILE without a name"));
    }

    @Test
    void aNameThatNoKernelTakesIsRefused() {
        assertThat(Admission.of(FILE.withName(EntryName.of("a/".repeat(3000) + "b"))))
                .isInstanceOf(Admission.Refused.class);
    }

    private static LayerEntry device(int major, int minor) {
        return new LayerEntry(
                EntryName.of("dev"),
                EntryType.CHARACTER_DEVICE,
                0600,
                0,
                0,
                0,
                Instant.EPOCH,
                new byte[0],
                major,
                minor,
                new TreeMap<>());
    }
}
