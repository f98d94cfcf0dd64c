package org.jbuildah.engine.progress;

/** Hears what happens in a build. Called from several threads; must not block for long and must not throw. */
public interface EventSink {
    void event(BuildEvent event);

    /** A sink for callers who do not listen. */
    static EventSink silent() {
        return event -> {};
    }
}
