package org.jbuildah.engine.host;

import java.util.List;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.IdMap.Range;

/**
 * What this process is and may do.
 *
 * @param user the login name; the number where there is none
 * @param idMap the user namespace it lives in
 * @param effectiveCapabilities bit n is capability n
 * @param boundingCapabilities what a program that it starts may gain at most
 * @param noNewPrivs setuid bits and file capabilities have no effect
 * @param seccompFiltered a filter decides which system calls it may make
 */
public record ProcessFacts(
        int uid,
        int gid,
        String user,
        IdMap idMap,
        long effectiveCapabilities,
        long boundingCapabilities,
        boolean noNewPrivs,
        boolean seccompFiltered) {
    static final int CAP_SETGID = 6;
    static final int CAP_SETUID = 7;
    static final int CAP_SYS_CHROOT = 18;
    static final int CAP_SYS_ADMIN = 21;
    static final int CAP_SETFCAP = 31;

    private static final long ALL_IDS = 4294967295L;

    boolean root() {
        return uid == 0;
    }

    boolean may(int capability) {
        return (effectiveCapabilities >>> capability & 1) == 1;
    }

    boolean couldGain(int capability) {
        return (boundingCapabilities >>> capability & 1) == 1;
    }

    /** True in the namespace that the machine booted with; also in a copy of it, which only real root could have made. */
    boolean inFirstUserNamespace() {
        return idMap.uids().equals(List.of(new Range(0, 0, ALL_IDS)));
    }
}
