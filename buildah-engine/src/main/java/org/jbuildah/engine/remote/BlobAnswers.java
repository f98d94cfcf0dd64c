package org.jbuildah.engine.remote;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.DiffId;

/** Answers about the store of this side, and about what was opened there. */
final class BlobAnswers {
    private final ContentStore store;
    private final Streams streams = new Streams();

    BlobAnswers(ContentStore store) {
        this.store = store;
    }

    Object answer(Question<?> question) throws IOException {
        if (question instanceof Question.Layer asked) {
            return new Answer.LayerForms(forms(asked.layer()));
        }
        if (question instanceof Question.OpenBlob asked) {
            return opened(store.open(asked.digest()));
        }
        if (question instanceof Question.More asked) {
            return streams.next(asked.stream());
        }
        if (question instanceof Question.Enough asked) {
            streams.end(asked.stream());
            return new Answer.Done();
        }
        throw new IOException(question + " is not asked of this side");
    }

    Answer.Chunk opened(InputStream stream) throws IOException {
        return streams.first(stream);
    }

    private List<Descriptor> forms(DiffId layer) throws IOException {
        List<Descriptor> here = new ArrayList<>();
        for (Descriptor form : store.descriptors(layer)) {
            if (store.contains(form.digest())) {
                here.add(form);
            }
        }
        return here;
    }
}
