package org.jbuildah.engine.build;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths inside an image as text, cleaned without looking at any file. */
final class ImagePath {
    private ImagePath() {}

    /** {@code path} seen from {@code directory}, absolute, without {@code .}, {@code ..} and doubled slashes. */
    static String absolute(String directory, String path) {
        Deque<String> parts = new ArrayDeque<>();
        String whole = path.startsWith("/") ? path : directory + "/" + path;
        for (String part : whole.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return "/" + String.join("/", parts);
    }

    /** True when the path can mean nothing but a directory: it is empty, or ends in a slash or in {@code .}. */
    static boolean namesDirectory(String path) {
        return path.isEmpty() || path.equals(".") || path.endsWith("/") || path.endsWith("/.");
    }
}
