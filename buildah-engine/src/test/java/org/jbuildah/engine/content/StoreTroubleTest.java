package org.jbuildah.engine.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.StoreBroken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class StoreTroubleTest {
    private static final Path FILE = Path.of("/proc/jbuildah");

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileSystemWithoutAnySpaceIsNotFull() {
        IOException failure = new NoSuchFileException(FILE.toString());

        assertThat(StoreTrouble.writing(FILE, failure)).isSameAs(failure);
    }

    @Test
    void whoIsNotLetInReadsWhy() {
        IOException failure = new AccessDeniedException(FILE.toString());

        assertThatThrownBy(() -> StoreTrouble.writing(FILE, failure))
                .hasMessage("The store cannot be written: /proc/jbuildah (permission denied).");
    }

    @Test
    void whatTheSystemSaysOfSpaceCounts() {
        IOException failure = new FileSystemException(FILE.toString(), null, "No space left on device");

        assertThatThrownBy(() -> StoreTrouble.writing(FILE, failure))
                .isInstanceOfSatisfying(
                        StoreBroken.class, letter -> assertThat(letter.code()).isEqualTo(FailureCode.STORE_FULL));
    }
}
