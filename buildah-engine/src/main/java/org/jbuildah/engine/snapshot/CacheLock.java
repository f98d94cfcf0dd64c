package org.jbuildah.engine.snapshot;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.jbuildah.engine.content.StoreLock;
import org.jbuildah.engine.oci.Digest;

/**
 * Locks on cache directories, all in one file that never grows: each name has a range of bytes in it. Who uses a directory beside
 * others locks one of them at random; who wants it alone locks the range. They die with the process.
 */
final class CacheLock {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SEATS = 1 << 20;
    private static final int ATTEMPTS = 8;

    private final Path file;

    CacheLock(Path file) {
        this.file = file;
    }

    /** Empty while somebody has the name alone. */
    Optional<StoreLock> beside(String name) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) { // a seat may be taken by chance
            Optional<StoreLock> seat = StoreLock.tryAcquire(file, start(name) + RANDOM.nextInt(SEATS), 1);
            if (seat.isPresent()) {
                return seat;
            }
        }
        return Optional.empty();
    }

    /** Empty while anybody else uses the name. */
    Optional<StoreLock> alone(String name) throws IOException {
        return StoreLock.tryAcquire(file, start(name), SEATS);
    }

    /** 42 bits of the name's digest, so that two names do not meet. */
    private static long start(String name) {
        String hex = Digest.of(Names.utf8(name)).hex();
        return new BigInteger(hex, 16).shiftRight(256 - 42).longValueExact() * SEATS;
    }
}
