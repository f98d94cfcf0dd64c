package org.jbuildah.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.StoreBroken;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.progress.EventSink;

/**
 * Where a user's store is: {@code $XDG_DATA_HOME/jbuildah}, else {@code ~/.local/share/jbuildah}, else, without a home,
 * {@code /var/tmp/jbuildah-UID}.
 *
 * @see <a href="https://specifications.freedesktop.org/basedir-spec/latest/">XDG base directory specification</a>
 */
final class StoreLocation {
    private static final String NAME = "jbuildah";

    private StoreLocation() {}

    static Path ofThisUser(EventSink events) {
        return of(System.getenv(), System.getProperty("user.home", ""), Path.of("/var/tmp"), events);
    }

    static Path of(Map<String, String> environment, String home, Path temporary, EventSink events) {
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        if (data.startsWith("/")) {
            return Path.of(data, NAME);
        }
        Path folder = home.isEmpty() || home.equals("?") || home.equals("/") ? null : Path.of(home);
        if (folder != null && Files.isDirectory(folder) && Files.isWritable(folder)) {
            return folder.resolve(".local/share").resolve(NAME);
        }
        Path fallback = withoutHome(temporary);
        events.event(new BuildEvent.Warned("There is no home directory to keep images in; the store is " + fallback
                + ". Choose another with " + StoreBroken.ROOT + ", or set XDG_DATA_HOME."));
        return fallback;
    }

    /** In a folder that everybody can write to, only a directory that is ours will do. */
    private static Path withoutHome(Path temporary) {
        try {
            Path probe = Files.createTempFile(temporary, NAME, "");
            Object uid = Files.getAttribute(probe, "unix:uid");
            Files.delete(probe);
            Path store = temporary.resolve(NAME + "-" + uid);
            if (!Files.exists(store, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(
                        store, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            if (!Files.isDirectory(store, LinkOption.NOFOLLOW_LINKS)
                    || !uid.equals(Files.getAttribute(store, "unix:uid", LinkOption.NOFOLLOW_LINKS))) {
                throw new StoreBroken(
                        FailureCode.STORE_UNWRITABLE,
                        "\"" + store + "\" belongs to somebody else.",
                        "Choose another store with " + StoreBroken.ROOT + ", or set XDG_DATA_HOME.");
            }
            return store;
        } catch (IOException failure) {
            throw new StoreBroken(
                    FailureCode.STORE_UNWRITABLE,
                    "There is no home directory, and " + temporary + " cannot be used: " + failure.getMessage() + ".",
                    "Choose a store with " + StoreBroken.ROOT + ", or set XDG_DATA_HOME.",
                    failure);
        }
    }
}
