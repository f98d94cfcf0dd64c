package org.jbuildah.engine.lint;

import org.jbuildah.engine.dockerfile.Instruction;

/**
 * MAINTAINER, which a label has replaced.
 *
 * @see <a href="https://docs.docker.com/reference/build-checks/maintainer-deprecated/">Docker: build checks, MaintainerDeprecated</a>
 */
final class MaintainerDeprecated implements FileRule {
    @Override
    public String description() {
        return "An image names its authors by a label, not by MAINTAINER.";
    }

    @Override
    public void judge(FileView file, Findings findings) {
        for (Instruction instruction : file.dockerfile().instructions()) {
            if (instruction instanceof Instruction.Maintainer maintainer) {
                findings.report(
                        maintainer,
                        "MAINTAINER is deprecated; write LABEL org.opencontainers.image.authors=\""
                                + maintainer.author() + "\".");
            }
        }
    }
}
