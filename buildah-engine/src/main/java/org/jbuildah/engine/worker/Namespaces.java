package org.jbuildah.engine.worker;

import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.linux.IdMap;
import org.jbuildah.engine.linux.IdMap.Range;

/** How the worker is set apart from the machine. Mount and pid namespaces are its own, but for {@link None}; the rest is said here. */
public sealed interface Namespaces {
    /** The ids that exist for the worker. */
    IdMap idMap();

    /** Root with CAP_SYS_ADMIN: no user namespace, the ids are those that the launcher has. */
    record RealRoot(IdMap idMap) implements Namespaces {}

    /** Root where none can be made: the worker ends its processes itself, when its requests end. */
    record None(IdMap idMap) implements Namespaces {}

    /** Root without CAP_SYS_ADMIN: a user namespace with the ids that root has already; the launcher writes the map itself. */
    record OwnIds(IdMap idMap) implements Namespaces {}

    /** An ordinary user with ranges in {@code /etc/subuid} and {@code /etc/subgid}, mapped by the two setuid tools. */
    record SubIds(IdMap idMap, Path newuidmap, Path newgidmap) implements Namespaces {}

    /** The launcher's own user and group as root, and nobody else. */
    record SingleId(int uid, int gid) implements Namespaces {
        @Override
        public IdMap idMap() {
            return new IdMap(List.of(new Range(0, uid, 1)), List.of(new Range(0, gid, 1)));
        }
    }

    /** Whether the worker is root of a user namespace only. */
    default boolean userNamespace() {
        return !(this instanceof RealRoot || this instanceof None);
    }
}
