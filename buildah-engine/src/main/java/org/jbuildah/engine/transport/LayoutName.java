package org.jbuildah.engine.transport;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.ImageUnavailable;
import org.jbuildah.engine.content.Tags;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.Index;
import org.jspecify.annotations.Nullable;

/**
 * The name of an image in an image layout: {@code oci-layout://PATH[:TAG|@DIGEST]}.
 *
 * @param tag empty for the only image
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md">image-spec: image layout</a>
 */
record LayoutName(Path directory, String tag, @Nullable Digest digest) {
    static final String TRANSPORT = "oci-layout://";
    private static final String INDEX = "index.json";

    static LayoutName parse(String name) {
        String written = name.substring(TRANSPORT.length());
        int at = written.indexOf("@sha");
        try {
            if (at >= 0) {
                return new LayoutName(Path.of(written.substring(0, at)), "", Digest.parse(written.substring(at + 1)));
            }
            if (Files.isDirectory(Path.of(written))) {
                return new LayoutName(Path.of(written), "", null);
            }
            int split = endOfLayout(written);
            if (split < 0 && written.lastIndexOf(':') > written.lastIndexOf('/')) {
                split = written.lastIndexOf(':');
            }
            return split < 0
                    ? new LayoutName(Path.of(written), "", null)
                    : new LayoutName(Path.of(written.substring(0, split)), written.substring(split + 1), null);
        } catch (IllegalArgumentException wrong) {
            throw new ImageUnavailable(
                    FailureCode.REFERENCE_INVALID,
                    "\"" + name + "\" names no image: " + wrong.getMessage() + ".",
                    "Write oci-layout://PATH, oci-layout://PATH:TAG or oci-layout://PATH@sha256:….",
                    wrong);
        }
    }

    /** Tags may hold colons and slashes, and so may paths: the last colon that a layout stands before; -1 for none. */
    private static int endOfLayout(String written) {
        for (int colon = written.lastIndexOf(':'); colon > 0; colon = written.lastIndexOf(':', colon - 1)) {
            if (Files.exists(Path.of(written.substring(0, colon)).resolve(INDEX))) {
                return colon;
            }
        }
        return -1;
    }

    Path index() {
        return directory.resolve(INDEX);
    }

    Path blob(Digest blob) {
        return directory.resolve("blobs").resolve(blob.algorithm()).resolve(blob.hex());
    }

    /** @throws ImageUnavailable if the layout has no such image, or several where one is meant */
    Descriptor chosenOf(Index index) {
        List<Descriptor> meant = index.manifests().stream()
                .filter(each -> digest == null || each.digest().equals(digest))
                .filter(each -> tag.isEmpty() || tag.equals(each.annotations().get(Tags.REF_NAME)))
                .toList();
        if (meant.size() == 1) {
            return meant.get(0);
        }
        String tags = index.manifests().stream()
                .map(each -> each.annotations().get(Tags.REF_NAME))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
        throw new ImageUnavailable(
                FailureCode.IMAGE_NOT_FOUND,
                meant.isEmpty()
                        ? "There is no image " + this + "."
                        : "The layout " + directory + " has " + meant.size() + " images, and none is named.",
                tags.isEmpty() ? "Name it by its digest." : "Its tags are " + tags + ".");
    }

    @Override
    public String toString() {
        return TRANSPORT + directory + (tag.isEmpty() ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }
}
