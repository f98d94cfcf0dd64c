package org.jbuildah.engine.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.Index;
import org.jbuildah.engine.oci.Json;
import org.jbuildah.engine.oci.MediaType;

/** What blobs are known to be forms of a layer; one small index document for each layer, droppable. */
final class LayerForms {
    private final StoreFolders folders;
    private final TemporaryFolder temporary;

    LayerForms(StoreFolders folders, TemporaryFolder temporary) {
        this.folders = folders;
        this.temporary = temporary;
    }

    /** The plain tar first, if it is a blob of the store. */
    List<Descriptor> of(DiffId layer) throws IOException {
        List<Descriptor> forms = new ArrayList<>();
        Path plain = folders.blob(layer.digest());
        if (Files.exists(plain)) {
            forms.add(new Descriptor(MediaType.OCI_LAYER, layer.digest(), Files.size(plain)));
        }
        known(layer).stream()
                .filter(form -> !form.digest().equals(layer.digest()))
                .forEach(forms::add);
        return List.copyOf(forms);
    }

    void add(DiffId layer, Descriptor form) throws IOException {
        if (form.digest().equals(layer.digest()) || known(layer).contains(form)) {
            return;
        }
        StoreLock lock = StoreLock.acquire(folders.locks().resolve("diff"));
        try (lock) {
            List<Descriptor> forms = new ArrayList<>(known(layer));
            forms.removeIf(other -> other.digest().equals(form.digest()));
            forms.add(form);
            try (TemporaryFile writing = temporary.file()) {
                writing.write(Json.write(new Index(MediaType.OCI_INDEX, forms, Map.of())));
                writing.publish(folders.layerForms(layer), false);
            }
        }
    }

    private List<Descriptor> known(DiffId layer) throws IOException {
        try {
            return Json.parseIndex(Files.readAllBytes(folders.layerForms(layer)))
                    .manifests();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of(); // cut short by a power failure; known again after the next pull or push
        }
    }
}
