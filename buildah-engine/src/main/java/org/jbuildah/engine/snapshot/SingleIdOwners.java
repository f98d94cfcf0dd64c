package org.jbuildah.engine.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.linux.FileStatus;
import org.jbuildah.engine.rootfs.AskedOwners;
import org.jspecify.annotations.Nullable;

/**
 * Owners where the user namespace holds one id only and the disk knows none: what the step asked for counts most; what came from below
 * belongs to whom the layers say; what is new belongs to the step's user, and in a set-group-ID directory to the directory's group.
 */
final class SingleIdOwners implements Owners {
    private static final int SET_GROUP_ID = 02000;
    private static final String AS_IS = "-1";
    private static final Pattern FORM = Pattern.compile("(?:-1|[0-9]{1,10}):(?:-1|[0-9]{1,10})");

    private final AskedOwners asked;
    private final Below below;
    private final Map<EntryName, String> named = new HashMap<>();
    private final Map<EntryName, Long> groupsOfNew = new HashMap<>();

    /** What the layers say of a file that was in the stack before; empty for one that was not. */
    interface Below {
        Optional<Owner> owner(EntryName name, FileStatus status, boolean fromBelow) throws IOException;
    }

    SingleIdOwners(AskedOwners asked, Below below) {
        this.asked = asked;
        this.below = below;
        for (AskedOwners.Named file : asked.named()) {
            named.put(EntryName.of(relative(file.path())), file.owner());
        }
    }

    private static byte[] relative(byte[] path) {
        return Arrays.copyOfRange(path, 1, path.length);
    }

    @Override
    public Owner of(EntryName name, FileStatus status, SortedMap<String, byte[]> xattrs, boolean fromBelow)
            throws IOException {
        Owner owner = owner(name, status, wish(name, xattrs), fromBelow);
        if (status.isDirectory() && (status.permissions() & SET_GROUP_ID) != 0) {
            groupsOfNew.put(name, owner.gid());
        }
        return owner;
    }

    private @Nullable String wish(EntryName name, SortedMap<String, byte[]> xattrs) {
        byte[] mark = xattrs.get(AskedOwners.OWNER);
        String text = mark == null ? "" : new String(mark, UTF_8);
        return FORM.matcher(text).matches() ? text : named.get(name);
    }

    private Owner owner(EntryName name, FileStatus status, @Nullable String wish, boolean fromBelow)
            throws IOException {
        if (wish == null) {
            return unasked(name, status, fromBelow);
        }
        int colon = wish.indexOf(':');
        String uid = wish.substring(0, colon);
        String gid = wish.substring(colon + 1);
        if (!uid.equals(AS_IS) && !gid.equals(AS_IS)) {
            return new Owner(Long.parseLong(uid), Long.parseLong(gid));
        }
        Owner other = unasked(name, status, fromBelow);
        return new Owner(
                uid.equals(AS_IS) ? other.uid() : Long.parseLong(uid),
                gid.equals(AS_IS) ? other.gid() : Long.parseLong(gid));
    }

    private Owner unasked(EntryName name, FileStatus status, boolean fromBelow) throws IOException {
        Optional<Owner> known = below.owner(name, status, fromBelow);
        if (known.isPresent()) {
            return known.get();
        }
        long creator = Integer.toUnsignedLong(asked.creator().uid());
        long group = Integer.toUnsignedLong(asked.creator().gid());
        return new Owner(creator, groupsOfNew.getOrDefault(name.parent(), group));
    }
}
