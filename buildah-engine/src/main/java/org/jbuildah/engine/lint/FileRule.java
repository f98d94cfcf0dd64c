package org.jbuildah.engine.lint;

/** A rule about the text of the Dockerfile as a whole, which no target and no base image changes. */
non-sealed interface FileRule extends Rule {
    void judge(FileView file, Findings findings);
}
