package org.jbuildah.engine.host;

import java.util.Locale;

/**
 * The operating system.
 *
 * @param name {@code os.name}
 */
public record SystemFacts(String name, KernelRelease kernel, Distribution distribution) {
    boolean linux() {
        return name.equals("Linux");
    }

    /** Linux on Windows; its second version has a real kernel, its first has not. */
    boolean windowsSubsystem() {
        return kernel.text().toLowerCase(Locale.ROOT).contains("microsoft");
    }
}
