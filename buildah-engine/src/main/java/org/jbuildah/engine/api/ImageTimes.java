package org.jbuildah.engine.api;

import java.time.Instant;
import java.util.Optional;

/**
 * The times in an image: when it and the lines of its history were made, and when the files of its new layers were changed. What the
 * base image says stays.
 *
 * @see <a href="https://reproducible-builds.org/specs/source-date-epoch/">SOURCE_DATE_EPOCH</a>
 */
public sealed interface ImageTimes {
    ImageTimes AS_MADE = new AsMade();

    /** When the image and each step of the build are said to have been made; empty for the truth. */
    Optional<Instant> made();

    /** True when files get other times than they have. */
    boolean changesFiles();

    /** When a file is said to have been changed. */
    Instant ofFile(Instant changed);

    /** As the steps made them. */
    record AsMade() implements ImageTimes {
        @Override
        public Optional<Instant> made() {
            return Optional.empty();
        }

        @Override
        public boolean changesFiles() {
            return false;
        }

        @Override
        public Instant ofFile(Instant changed) {
            return changed;
        }
    }

    /**
     * The source's own date.
     *
     * @param epoch in whole seconds
     * @param clampFiles true: no file is younger
     */
    record SourceDateEpoch(Instant epoch, boolean clampFiles) implements ImageTimes {
        @Override
        public Optional<Instant> made() {
            return Optional.of(epoch);
        }

        @Override
        public boolean changesFiles() {
            return clampFiles;
        }

        @Override
        public Instant ofFile(Instant changed) {
            return clampFiles && changed.isAfter(epoch) ? epoch : changed;
        }
    }

    /** One time for everything, files too: buildah's {@code --timestamp}. */
    record Exactly(Instant time) implements ImageTimes {
        @Override
        public Optional<Instant> made() {
            return Optional.of(time);
        }

        @Override
        public boolean changesFiles() {
            return true;
        }

        @Override
        public Instant ofFile(Instant changed) {
            return time;
        }
    }
}
