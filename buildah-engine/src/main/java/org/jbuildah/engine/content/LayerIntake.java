package org.jbuildah.engine.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.jbuildah.engine.layer.Admission;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.layer.LayerIndex;
import org.jbuildah.engine.layer.LayerReader;
import org.jbuildah.engine.oci.Compression;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.ImageFormat;
import org.jbuildah.engine.oci.MediaType;

/** Takes layers of others into the store; each byte is read once, on its way to the disk, the digests and the index. */
final class LayerIntake {
    private final StoreFolders folders;
    private final TemporaryFolder temporary;
    private final LayerForms forms;

    LayerIntake(StoreFolders folders, TemporaryFolder temporary, LayerForms forms) {
        this.folders = folders;
        this.temporary = temporary;
        this.forms = forms;
    }

    DiffId ingest(Descriptor descriptor, InputStream blob) throws IOException {
        Path scratch = temporary.name("i");
        Path target = folders.blob(descriptor.digest());
        try (TemporaryFile copy = temporary.file();
                LayerIndex.Builder index = new LayerIndex.Builder(scratch)) {
            boolean keep = !Files.exists(target);
            VerifiedInput input = new VerifiedInput(blob, descriptor, keep ? copy : OutputStream.nullOutputStream());
            LayerBytes layer = LayerBytes.of(input);
            DiffId diffId = index(layer.tar(), index, scratch);
            input.finish();
            if (keep) {
                Files.createDirectories(target.getParent());
                copy.publishOnce(target);
            }
            LayerFile.publish(index, scratch, folders.layerIndex(diffId));
            remember(diffId, descriptor, layer.compression());
            return diffId;
        } finally {
            TemporaryFolder.delete(scratch);
        }
    }

    private void remember(DiffId layer, Descriptor descriptor, Compression compression) throws IOException {
        String mediaType = MediaType.layer(ImageFormat.OCI, compression); // as it is, not as somebody called it
        forms.add(layer, new Descriptor(mediaType, descriptor.digest(), descriptor.size()));
    }

    /** Makes the index of a plain tar anew. */
    void index(DiffId layer, InputStream plainTar) throws IOException {
        Path scratch = temporary.name("i");
        try (LayerIndex.Builder index = new LayerIndex.Builder(scratch)) {
            DiffId found = index(plainTar, index, scratch);
            if (!found.equals(layer)) {
                throw StoreTrouble.corrupt(folders.blob(layer.digest()), layer.digest(), "its digest is " + found);
            }
            LayerFile.publish(index, scratch, folders.layerIndex(layer));
        } finally {
            TemporaryFolder.delete(scratch);
        }
    }

    private static DiffId index(InputStream plainTar, LayerIndex.Builder index, Path scratch) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        InputStream digested = new DigestInputStream(plainTar, sha256);
        LayerReader reader = new LayerReader(digested);
        for (LayerEntry entry = reader.next(); entry != null; entry = reader.next()) {
            Optional<LayerEntry> admitted = Admission.admit(entry);
            if (admitted.isPresent()) {
                LayerFile.add(index, admitted.get(), reader.contentOffset(), scratch);
            }
        }
        digested.transferTo(
                OutputStream.nullOutputStream()); // what follows the end of the archive belongs to the diffID
        return new DiffId(Digest.finish(sha256));
    }
}
