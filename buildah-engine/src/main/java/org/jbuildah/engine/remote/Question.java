package org.jbuildah.engine.remote;

import org.jbuildah.engine.api.PullPolicy;
import org.jbuildah.engine.fetch.Download;
import org.jbuildah.engine.fetch.GitReference;
import org.jbuildah.engine.fetch.Revision;
import org.jbuildah.engine.fetch.WebAddress;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.oci.DiffId;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.Platform;
import org.jbuildah.engine.transport.ResolvedImage;
import org.jspecify.annotations.Nullable;

/**
 * What one side may ask the other.
 *
 * @param <A> the type of the answer
 */
sealed interface Question<A> {
    Class<A> answer();

    // ---- this machine asks the container

    /** Builds, and answers when the image is made. */
    record Build(HelperTask task) implements Question<Answer.Made> {
        @Override
        public Class<Answer.Made> answer() {
            return Answer.Made.class;
        }
    }

    // ---- the container asks this machine

    /** What is directly inside a directory of a tree. */
    record Listing(int tree, EntryName directory) implements Question<Answer.Entries> {
        @Override
        public Class<Answer.Entries> answer() {
            return Answer.Entries.class;
        }
    }

    /** The digest of a file of a tree, so that a file which is in the cache already need not travel. */
    record ContentDigest(int tree, EntryName file) implements Question<Answer.Known> {
        @Override
        public Class<Answer.Known> answer() {
            return Answer.Known.class;
        }
    }

    record Open(int tree, EntryName file) implements Question<Answer.Chunk> {
        @Override
        public Class<Answer.Chunk> answer() {
            return Answer.Chunk.class;
        }
    }

    /** Why a source word selects nothing in a tree. */
    record Explain(int tree, String word) implements Question<Answer.Reason> {
        @Override
        public Class<Answer.Reason> answer() {
            return Answer.Reason.class;
        }
    }

    /** Finds a base image, with the credentials and the store of this machine. */
    record Resolve(String name, Platform platform, PullPolicy policy) implements Question<ResolvedImage> {
        @Override
        public Class<ResolvedImage> answer() {
            return ResolvedImage.class;
        }
    }

    /** Has the layers of an image in the store of this machine. */
    record Fetch(ResolvedImage image) implements Question<Answer.Done> {
        @Override
        public Class<Answer.Done> answer() {
            return Answer.Done.class;
        }
    }

    record Fetched(WebAddress address, @Nullable Digest promised) implements Question<Download> {
        @Override
        public Class<Download> answer() {
            return Download.class;
        }
    }

    record Commit(GitReference reference) implements Question<Revision> {
        @Override
        public Class<Revision> answer() {
            return Revision.class;
        }
    }

    record CheckOut(GitReference reference, Revision revision, boolean keepGitDir) implements Question<Answer.Tree> {
        @Override
        public Class<Answer.Tree> answer() {
            return Answer.Tree.class;
        }
    }

    /** Hands a message to an ssh agent. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Agent(int connection, String id, byte[] message) implements Question<Answer.AgentReply> {
        @Override
        public Class<Answer.AgentReply> answer() {
            return Answer.AgentReply.class;
        }
    }

    /** A connection to an ssh agent is over. */
    record HangUp(int connection) implements Question<Answer.Done> {
        @Override
        public Class<Answer.Done> answer() {
            return Answer.Done.class;
        }
    }

    // ---- either asks the other

    /** The forms in which the other side has a layer; none where it lacks it. */
    record Layer(DiffId layer) implements Question<Answer.LayerForms> {
        @Override
        public Class<Answer.LayerForms> answer() {
            return Answer.LayerForms.class;
        }
    }

    record OpenBlob(Digest digest) implements Question<Answer.Chunk> {
        @Override
        public Class<Answer.Chunk> answer() {
            return Answer.Chunk.class;
        }
    }

    /** What comes after a chunk. */
    record More(int stream) implements Question<Answer.Chunk> {
        @Override
        public Class<Answer.Chunk> answer() {
            return Answer.Chunk.class;
        }
    }

    /** The rest is not wanted. */
    record Enough(int stream) implements Question<Answer.Done> {
        @Override
        public Class<Answer.Done> answer() {
            return Answer.Done.class;
        }
    }
}
