package org.jbuildah.engine.host;

import org.jspecify.annotations.Nullable;

/**
 * What the kernel's settings say about user namespaces.
 *
 * @param supported whether the kernel has them at all: {@code CONFIG_USER_NS}
 * @param unprivilegedClone {@code kernel.unprivileged_userns_clone}, a Debian setting; null where there is none, which is a pass
 * @param maximum {@code user.max_user_namespaces}; null where it cannot be read
 * @param appArmorRestricts {@code kernel.apparmor_restrict_unprivileged_userns}, Ubuntu from 23.10 on
 */
public record UserNamespaceRules(
        boolean supported, @Nullable Long unprivilegedClone, @Nullable Long maximum, boolean appArmorRestricts) {}
