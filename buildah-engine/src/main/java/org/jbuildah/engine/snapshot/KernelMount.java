package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.linux.Errno;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;
import org.jbuildah.engine.linux.MountFlag;

/** One mount of overlayfs: all names relative to the folder of the layers, as the mount data is one page. */
record KernelMount(
        Linux linux, OverlayXattrs xattrs, UnpackedLayers layers, List<String> lowers, UnpackedLayers.Slot slot)
        implements OverlayMount {
    KernelMount {
        lowers = List.copyOf(lowers);
    }

    @Override
    public Path mount() throws IOException {
        layers.enter();
        byte[] target = Names.utf8("../w/" + slot.ordinal() + "/merged");
        try {
            // volatile: fsync in the step costs nothing; what is lost in a power cut is not believed afterwards
            linux.mount("overlay", target, "overlay", MountFlag.NODEV, data() + ",volatile");
        } catch (LinuxException e) {
            if (e.errno() != Errno.EINVAL) {
                throw e;
            }
            linux.mount("overlay", target, "overlay", MountFlag.NODEV, data());
        }
        return layers.merged(slot);
    }

    @Override
    public void unmount() {} // its namespace is gone with the step

    @Override
    public void abandon() {}

    private String data() {
        return "lowerdir=" + String.join(":", lowers) + ",upperdir=" + slot.ordinal() + ",workdir=../w/"
                + slot.ordinal() + "/work"
                // userxattr implies what must be switched off by name otherwise, and refuses to hear it
                + (xattrs == OverlayXattrs.USER ? ",userxattr" : ",redirect_dir=off,metacopy=off,index=off");
    }
}
