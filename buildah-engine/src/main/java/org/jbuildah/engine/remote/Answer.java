package org.jbuildah.engine.remote;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jbuildah.engine.context.NoMatch;
import org.jbuildah.engine.layer.LayerEntry;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.ImageConfig;
import org.jspecify.annotations.Nullable;

/** What a {@link Question} is answered with, where no type of another room says it. */
final class Answer {
    private Answer() {}

    record Done() {}

    /** An image that was built; its layers are in the store of the side that answers. */
    record Image(ImageConfig config, Map<String, String> annotations) {}

    /** The images of a build, in the order of its platforms. */
    record Made(List<Image> images) {}

    /** @param hardLink equal numbers are names of one file; null for a file with one name only */
    record Entry(LayerEntry entry, @Nullable Integer hardLink) {}

    record Entries(List<Entry> entries) {}

    record Known(Digest digest) {}

    record Reason(Optional<NoMatch> reason) {}

    record Tree(int number, String commit, java.time.Instant time) {}

    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record AgentReply(byte[] message) {}

    record LayerForms(List<Descriptor> forms) {}

    /**
     * A piece of a stream.
     *
     * @param stream what {@link Question.More} names; nothing where this is the last piece
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Chunk(int stream, byte[] bytes, boolean last) {
        static final int SIZE = 512 << 10;
    }
}
