package org.jbuildah.engine.lint;

/**
 * One build check. The class bears the rule's name, which is what {@code skip=} takes.
 *
 * <p>A rule reports all that it finds; which of it the user wants to hear is not its business.
 */
sealed interface Rule permits FileRule, StageRule {
    default String name() {
        return getClass().getSimpleName();
    }

    /** What it is about: one sentence for the reader of a report. */
    String description();

    /** BuildKit's rules make a build fail where {@code error=true} asks for it; ours advise. */
    default Origin origin() {
        return Origin.BUILDKIT;
    }

    /** Who made the rule, and so how it is switched. */
    enum Origin {
        /** On, until it is skipped. */
        BUILDKIT,
        /** Off, until {@code experimental=} names it; cannot be skipped. */
        BUILDKIT_EXPERIMENTAL,
        /** Not BuildKit's: on, until it is skipped; never makes a build fail. */
        OURS
    }
}
