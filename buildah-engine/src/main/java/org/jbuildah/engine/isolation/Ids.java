package org.jbuildah.engine.isolation;

import java.util.Optional;

/**
 * The user ids of a process, or its group ids: both kinds obey the same rules. An id of -1 in a question means "as it is". Answers are
 * empty where the kernel says EPERM.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/credentials.7.html">credentials(7)</a>, and setuid(2), setreuid(2), setresuid(2),
 *     setfsuid(2)
 */
record Ids(int real, int effective, int saved, int fileSystem) {
    static final int AS_IS = -1;

    static Ids all(int id) {
        return new Ids(id, id, id, id);
    }

    private boolean anyIs(int id) {
        return id == real || id == effective || id == saved;
    }

    Optional<Ids> set(int id, boolean privileged) {
        if (privileged) {
            return Optional.of(all(id));
        }
        return id == real || id == saved ? Optional.of(new Ids(real, id, saved, id)) : Optional.empty();
    }

    Optional<Ids> setRealAndEffective(int newReal, int newEffective, boolean privileged) {
        boolean allowed = privileged
                || ((newReal == AS_IS || newReal == real || newReal == effective)
                        && (newEffective == AS_IS || anyIs(newEffective)));
        if (!allowed) {
            return Optional.empty();
        }
        int e = newEffective == AS_IS ? effective : newEffective;
        boolean saves = newReal != AS_IS || (newEffective != AS_IS && newEffective != real);
        return Optional.of(new Ids(newReal == AS_IS ? real : newReal, e, saves ? e : saved, e));
    }

    Optional<Ids> setAll(int newReal, int newEffective, int newSaved, boolean privileged) {
        for (int id : new int[] {newReal, newEffective, newSaved}) {
            if (!privileged && id != AS_IS && !anyIs(id)) {
                return Optional.empty();
            }
        }
        int e = newEffective == AS_IS ? effective : newEffective;
        return Optional.of(new Ids(newReal == AS_IS ? real : newReal, e, newSaved == AS_IS ? saved : newSaved, e));
    }

    /** Never fails: what is not allowed changes nothing. */
    Ids setFileSystem(int id, boolean privileged) {
        boolean allowed = id != AS_IS && (privileged || anyIs(id) || id == fileSystem);
        return allowed ? new Ids(real, effective, saved, id) : this;
    }
}
