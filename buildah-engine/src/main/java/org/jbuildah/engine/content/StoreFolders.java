package org.jbuildah.engine.content;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.Digest;

/**
 * The store on disk.
 *
 * <pre>
 * oci-layout  index.json       an image layout that any reader understands; index.json names tagged images
 * blobs/sha256/HEX             layers as pulled or as built, configs, manifests
 * meta/version                 the store's format
 * meta/diff/HEX.index          the entries of a layer, by diffID
 * meta/diff/HEX.json           the compressed forms of a layer that are known
 * meta/KIND/HEX                records
 * derived/HEX                  plain tars of compressed layers
 * rootfs/  cache-mounts/  lib/ of other rooms
 * locks/NAME                   never deleted
 * tmp/PID-RANDOM/              one folder for each open store
 * </pre>
 */
record StoreFolders(Path root) {
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    Path layoutFile() {
        return root.resolve("oci-layout");
    }

    Path index() {
        return root.resolve("index.json");
    }

    Path blobs() {
        return root.resolve("blobs");
    }

    Path blob(Digest digest) {
        return blobs().resolve(digest.algorithm()).resolve(digest.hex());
    }

    Path meta() {
        return root.resolve("meta");
    }

    Path version() {
        return meta().resolve("version");
    }

    Path layers() {
        return meta().resolve("diff");
    }

    Path layerIndex(DiffId layer) {
        return layers().resolve(layer.digest().hex() + ".index");
    }

    Path layerForms(DiffId layer) {
        return layers().resolve(layer.digest().hex() + ".json");
    }

    Path records(String kind) {
        if (!FILE_NAME.matcher(kind).matches() || kind.equals("diff") || kind.equals("version")) {
            throw new IllegalArgumentException("not a kind of record: \"" + kind + "\"");
        }
        return meta().resolve(kind);
    }

    /** Keys that are no file name are kept under the digest of their text. */
    Path record(String kind, String key) {
        boolean simple = FILE_NAME.matcher(key).matches();
        return records(kind)
                .resolve(
                        simple
                                ? key
                                : Digest.of(key.getBytes(StandardCharsets.UTF_8))
                                        .hex());
    }

    Path derived() {
        return root.resolve("derived");
    }

    Path derived(DiffId layer) {
        return derived().resolve(layer.digest().hex());
    }

    Path locks() {
        return root.resolve("locks");
    }

    Path temporary() {
        return root.resolve("tmp");
    }
}
