package org.jbuildah.engine.host;

import java.util.ArrayList;
import java.util.List;

/**
 * One rung of the ladder, judged for a machine and a request.
 *
 * @param number 1 is best
 * @param what it is, in words
 * @param obstacles what keeps this build from standing on it; empty if nothing does
 */
public record Rung(int number, String what, List<Obstacle> obstacles) {
    /** The strictest of machines: everything but RUN is built. */
    public static final int WITHOUT_RUN = 7;

    static final int HELPER_CONTAINER = 6;
    static final int PLAIN_CHROOT = 5;
    static final int SINGLE_ID = 4;

    public Rung {
        obstacles = List.copyOf(obstacles);
    }

    Rung with(Obstacle obstacle) {
        List<Obstacle> more = new ArrayList<>(obstacles);
        more.add(obstacle);
        return new Rung(number, what, more);
    }

    public boolean holds() {
        return obstacles.isEmpty();
    }
}
