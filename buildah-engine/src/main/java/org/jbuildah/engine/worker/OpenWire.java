package org.jbuildah.engine.worker;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The drivers and the isolation of the first request as bytes: a word, then what that kind has. */
final class OpenWire {
    private OpenWire() {}

    static void writeDrivers(DataOutput out, List<LayerDriver> drivers) throws IOException {
        out.writeByte(drivers.size());
        for (LayerDriver driver : drivers) {
            Wire.writeString(out, driver.word());
            if (driver instanceof LayerDriver.FuseOverlay fuse) {
                Wire.writeString(out, fuse.program().toString());
            }
        }
    }

    static List<LayerDriver> readDrivers(DataInput in) throws IOException {
        int count = in.readUnsignedByte();
        List<LayerDriver> drivers = new ArrayList<>();
        while (drivers.size() < count) {
            String word = Wire.readString(in);
            drivers.add(
                    switch (word) {
                        case "overlay" -> new LayerDriver.KernelOverlay();
                        case "fuse-overlayfs" -> new LayerDriver.FuseOverlay(Path.of(Wire.readString(in)));
                        case "vfs" -> new LayerDriver.Vfs();
                        default -> throw new IOException("no driver is called " + word);
                    });
        }
        return drivers;
    }

    static void writeIsolation(DataOutput out, RunIsolation isolation) throws IOException {
        if (isolation instanceof RunIsolation.OciRuntime runtime) {
            Wire.writeString(out, "runtime");
            Wire.writeString(out, runtime.name());
            Wire.writeString(out, runtime.program().toString());
            Wire.writeStrings(out, runtime.flags());
        } else {
            Wire.writeString(out, isolation instanceof RunIsolation.Box ? "box" : "chroot");
        }
    }

    static RunIsolation readIsolation(DataInput in) throws IOException {
        String word = Wire.readString(in);
        return switch (word) {
            case "box" -> new RunIsolation.Box();
            case "chroot" -> new RunIsolation.PlainChroot();
            case "runtime" ->
                new RunIsolation.OciRuntime(Wire.readString(in), Path.of(Wire.readString(in)), Wire.readStrings(in));
            default -> throw new IOException("no isolation is called " + word);
        };
    }
}
