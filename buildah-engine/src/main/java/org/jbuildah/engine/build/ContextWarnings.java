package org.jbuildah.engine.build;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jbuildah.engine.context.BuildContext;
import org.jbuildah.engine.context.ContextListener;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.progress.EventSink;

/** What a build context brings with it and the image does not get, or Linux takes amiss. */
public final class ContextWarnings implements ContextListener {
    private static final int ENOUGH = 3;

    private final EventSink events;
    private final Set<EntryName> told = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean toldOfSockets = new AtomicBoolean();

    public ContextWarnings(EventSink events) {
        this.events = events;
    }

    /** The same context, whose oddities are told as they come along. */
    public BuildContext about(BuildContext context) {
        if (context.lacksModes()) {
            events.event(new BuildEvent.Warned("This system keeps no file modes: all that COPY and ADD take from the"
                    + " build context has mode 0755. Where that matters, write COPY --chmod=0644 (files) or"
                    + " --chmod=u=rwX,go=rX (trees)."));
        }
        return context.heardBy(this);
    }

    /** Told of the first directory that has some; a tree of them would be as many warnings. */
    @Override
    public void socketsLeftOut(List<EntryName> sockets) {
        if (toldOfSockets.compareAndSet(false, true)) {
            String names = sockets.stream()
                    .limit(ENOUGH)
                    .map(name -> "\"" + name + "\"")
                    .collect(Collectors.joining(", "));
            int more = sockets.size() - ENOUGH;
            events.event(new BuildEvent.Warned("The image will have no socket of the build context, such as " + names
                    + (more > 0 ? " and " + more + " more beside them" : "")
                    + ": a socket is nothing without the process that listens. In .dockerignore, it is left out without a"
                    + " word."));
        }
    }

    @Override
    public void windowsScript(EntryName file) {
        if (told.add(file)) {
            events.event(new BuildEvent.Warned("The script \"" + file + "\" has lines that end as on Windows (CR LF):"
                    + " Linux will not find its interpreter. Save it with LF, and keep it so: \"" + file
                    + " text eol=lf\" in .gitattributes. It must be executable, too, which Windows cannot say:"
                    + " COPY --chmod=0755."));
        }
    }
}
