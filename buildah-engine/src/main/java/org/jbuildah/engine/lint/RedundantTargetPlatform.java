package org.jbuildah.engine.lint;

import java.util.Set;
import org.jbuildah.engine.dockerfile.Instruction;

/**
 * {@code FROM --platform=$TARGETPLATFORM}, which is what FROM does anyway.
 *
 * @see <a href="https://docs.docker.com/reference/build-checks/redundant-target-platform/">Docker: build checks, RedundantTargetPlatform</a>
 */
final class RedundantTargetPlatform implements FileRule {
    @Override
    public String description() {
        return "FROM does not ask for the platform that it takes anyway.";
    }

    private static final String TARGET = "TARGETPLATFORM";

    @Override
    public void judge(FileView file, Findings findings) {
        file.given().ifPresent(scope -> {
            for (Instruction.From from : file.froms()) {
                String written = from.platform();
                if (written == null) {
                    continue;
                }
                Expansion platform = Expansion.of(written, file.lexer(), scope);
                boolean alone = platform.set().equals(Set.of(TARGET))
                        && platform.unset().isEmpty();
                if (alone && platform.text().equals(scope.value(TARGET))) {
                    findings.report(from, "--platform=" + written + " is what FROM takes without it; leave it out.");
                }
            }
        });
    }
}
