package org.jbuildah.engine.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jbuildah.engine.layer.EntryType;
import org.jbuildah.engine.rootfs.AskedOwners;
import org.jspecify.annotations.Nullable;

/** That a file stands for a device which a step made where none can be made. */
record DeviceMark(EntryType type, int major, int minor) {
    private static final Pattern FORM = Pattern.compile("([cb]):([0-9]{1,8}):([0-9]{1,8})");

    /** Null for a file that stands for itself. */
    static @Nullable DeviceMark of(SortedMap<String, byte[]> xattrs) {
        byte[] mark = xattrs.get(AskedOwners.DEVICE);
        if (mark == null) {
            return null;
        }
        Matcher matcher = FORM.matcher(new String(mark, UTF_8));
        if (!matcher.matches()) {
            return null; // not ours: the step wrote it
        }
        EntryType type = matcher.group(1).equals("c") ? EntryType.CHARACTER_DEVICE : EntryType.BLOCK_DEVICE;
        return new DeviceMark(type, Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)));
    }
}
