package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.linux.CloneFlag;
import org.jbuildah.engine.linux.Linux;
import org.jspecify.annotations.Nullable;

/** One mount of fuse-overlayfs: served by a process that lives from the mount to the end of the step. */
final class FuseMount implements OverlayMount {
    private final Linux linux;
    private final FuseProgram program;
    private final UnpackedLayers layers;
    private final List<String> lowers;
    private final UnpackedLayers.Slot slot;
    private @Nullable FuseDaemon daemon;

    FuseMount(Linux linux, FuseProgram program, UnpackedLayers layers, List<String> lowers, UnpackedLayers.Slot slot) {
        this.linux = linux;
        this.program = program;
        this.layers = layers;
        this.lowers = List.copyOf(lowers);
        this.slot = slot;
    }

    @Override
    public List<String> lowers() {
        return lowers;
    }

    @Override
    public UnpackedLayers.Slot slot() {
        return slot;
    }

    @Override
    public synchronized Path mount() throws IOException {
        unmount();
        layers.enter();
        String beside = "../w/" + slot.ordinal();
        String directories =
                "lowerdir=" + String.join(":", lowers) + ",upperdir=" + slot.ordinal() + ",workdir=" + beside + "/work";
        daemon = FuseDaemon.mount(
                linux,
                program,
                directories,
                beside + "/merged",
                layers.beside(slot).resolve("log"));
        // pivot_root(2) takes every process of the namespace along; the daemon must go on to see the store, not the
        // image
        linux.unshare(CloneFlag.NEWNS);
        return layers.merged(slot);
    }

    @Override
    public synchronized void unmount() throws IOException {
        FuseDaemon ending = daemon;
        daemon = null;
        if (ending != null) {
            ending.end();
        }
    }

    @Override
    public void abandon() {
        try {
            unmount();
        } catch (IOException e) {
            return; // what it served is thrown away
        }
    }
}
