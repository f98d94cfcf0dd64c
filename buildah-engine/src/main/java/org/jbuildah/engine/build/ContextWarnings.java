package org.jbuildah.engine.build;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jbuildah.engine.context.BuildContext;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.progress.BuildEvent;
import org.jbuildah.engine.progress.EventSink;

/** What a build context from Windows brings with it, and Linux takes amiss. */
public final class ContextWarnings {
    private final EventSink events;
    private final Set<EntryName> told = ConcurrentHashMap.newKeySet();

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
        return context.hearingOfScripts(this::script);
    }

    private void script(EntryName file) {
        if (told.add(file)) {
            events.event(new BuildEvent.Warned("The script \"" + file + "\" has lines that end as on Windows (CR LF):"
                    + " Linux will not find its interpreter. Save it with LF, and keep it so: \"" + file
                    + " text eol=lf\" in .gitattributes. It must be executable, too, which Windows cannot say:"
                    + " COPY --chmod=0755."));
        }
    }
}
