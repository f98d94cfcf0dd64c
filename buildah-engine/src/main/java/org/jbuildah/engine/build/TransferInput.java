package org.jbuildah.engine.build;

import java.util.List;
import org.jbuildah.engine.context.SourceSelection.Selected;
import org.jbuildah.engine.fetch.GitReference;
import org.jbuildah.engine.fetch.Revision;

/** What one source word of a COPY or ADD stands for. */
sealed interface TransferInput {
    /**
     * Files that are at hand: of a tree, of a here-document, or downloaded.
     *
     * @param unpack whether an archive among them is unpacked
     * @param together whether hard links between the selected ones are kept
     */
    record Files(List<Selected> selected, boolean unpack, boolean together) implements TransferInput {
        public Files {
            selected = List.copyOf(selected);
        }
    }

    /** A commit whose files are fetched only if the layer has to be made: its id says all that a key must know. */
    record Commit(GitReference reference, Revision revision, boolean keepGitDir) implements TransferInput {
        /** What tells its files from those of others. */
        String identity() {
            String files = (keepGitDir ? revision.object() + " .git of " + reference.shown() : revision.commit())
                    + (reference.submodules() ? " with submodules" : "");
            return files + " " + reference.subdirectory();
        }
    }
}
