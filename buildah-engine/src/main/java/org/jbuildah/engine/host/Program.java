package org.jbuildah.engine.host;

import java.nio.file.Path;

/**
 * A program of the machine.
 *
 * @param name what it is, such as {@code crun}; the file may be called otherwise
 * @param version what it said of itself when it was tried; empty before that
 * @param refusal what it said when it failed; empty if it did not, or was not tried
 */
public record Program(String name, Path path, String version, String refusal) {
    static Program untried(String name, Path path) {
        return new Program(name, path, "", "");
    }

    /** Installed, and does not start. */
    boolean broken() {
        return !refusal.isEmpty();
    }

    /** {@code crun version 1.8 (/usr/bin/crun)}. */
    @Override
    public String toString() {
        String what = broken() ? name + " fails: " + refusal : version.isEmpty() ? name : version;
        return what + " (" + path + ")";
    }
}
