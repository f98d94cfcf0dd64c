package org.jbuildah.engine.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jbuildah.engine.dockerfile.Instruction;
import org.jbuildah.engine.oci.Platform;
import org.jspecify.annotations.Nullable;

/**
 * {@code FROM --platform=linux/amd64}: the image would hold that platform whatever is built for. A stage whose name holds the system or the architecture says that it means it.
 *
 * @see <a href="https://docs.docker.com/reference/build-checks/from-platform-flag-const-disallowed/">Docker: build checks, FromPlatformFlagConstDisallowed</a>
 */
final class FromPlatformFlagConstDisallowed implements FileRule {
    @Override
    public String description() {
        return "FROM --platform holds a variable, not a constant.";
    }

    @Override
    public void judge(FileView file, Findings findings) {
        file.given().ifPresent(scope -> {
            for (Instruction.From from : file.froms()) {
                String written = from.platform();
                if (written == null || written.isEmpty()) {
                    continue;
                }
                Expansion platform = Expansion.of(written, file.lexer(), scope);
                String value = platform.text().orElse("");
                if (platform.isConstant() && !value.isEmpty() && !isNamedIn(from.stage(), value)) {
                    findings.report(
                            from,
                            "--platform=" + value
                                    + " is the same for every target; write a variable such as $BUILDPLATFORM, or name"
                                    + " the stage after the platform.");
                }
            }
        });
    }

    private static boolean isNamedIn(@Nullable String stage, String platform) {
        if (stage == null) {
            return false;
        }
        List<String> words =
                new ArrayList<>(List.of(platform.toLowerCase(Locale.ROOT).split("/", -1)));
        try {
            words.add(Platform.parse(platform).architecture());
        } catch (IllegalArgumentException oneWord) {
            // the system or the architecture alone
        }
        return words.stream().limit(2).anyMatch(stage::contains);
    }
}
