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
        if (!mounted(data() + ",volatile") && !(forgetVolatile() && mounted(data() + ",volatile"))) {
            linux.mount("overlay", target(), "overlay", MountFlag.NODEV, data());
        }
        return layers.merged(slot);
    }

    /**
     * With the option {@code volatile}, fsync in the step costs nothing; what is lost in a power cut is not believed afterwards.
     *
     * @return false if the kernel does not like that
     */
    private boolean mounted(String data) throws LinuxException {
        try {
            linux.mount("overlay", target(), "overlay", MountFlag.NODEV, data);
            return true;
        } catch (LinuxException e) {
            if (e.errno() != Errno.EINVAL) {
                throw e;
            }
            return false;
        }
    }

    /**
     * Takes away what a volatile mount leaves to warn of a power cut, since there was none: the process that mounted it lives.
     *
     * @return whether there was such a mark
     * @see <a href="https://docs.kernel.org/filesystems/overlayfs.html#volatile-mount">overlayfs: volatile mount</a>
     */
    private boolean forgetVolatile() throws LinuxException {
        String incompatible = "../w/" + slot.ordinal() + "/work/work/incompat";
        try {
            linux.unlinkat(Linux.AT_FDCWD, Names.utf8(incompatible + "/volatile/dirty"), false);
            linux.unlinkat(Linux.AT_FDCWD, Names.utf8(incompatible + "/volatile"), true);
            return true;
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
            return false;
        }
    }

    private byte[] target() {
        return Names.utf8("../w/" + slot.ordinal() + "/merged");
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
