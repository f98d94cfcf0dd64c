package org.jbuildah.engine.lint;

/** A rule about one stage; a build has it judge the stages that its target needs. */
non-sealed interface StageRule extends Rule {
    void judge(StageView stage, Findings findings);

    /** True if the config of the base image may change the judgement: a build then waits until it knows that config. */
    default boolean asksForBase() {
        return false;
    }
}
