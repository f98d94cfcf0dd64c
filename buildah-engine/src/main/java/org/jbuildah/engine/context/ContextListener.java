package org.jbuildah.engine.context;

import java.util.List;
import org.jbuildah.engine.layer.EntryName;

/** Hears of what is odd in a build context, when it is come upon: perhaps several times, and from several threads. */
public interface ContextListener {
    /** A script is read, and its first line ends as on Windows. */
    void windowsScript(EntryName file);

    /** A directory is listed, and these sockets in it are left out. */
    void socketsLeftOut(List<EntryName> sockets);
}
