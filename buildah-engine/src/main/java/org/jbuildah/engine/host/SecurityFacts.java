package org.jbuildah.engine.host;

/**
 * What the kernel's security modules and filters say of this process.
 *
 * @param seLinuxEnforcing whether SELinux is there and refuses
 * @param label this process's label or profile, such as {@code unconfined_u:…} or {@code docker-default (enforce)}; empty for none
 * @param storeLabel SELinux's label of the store or of the folder it will be in; empty where it was not asked for or there is none
 * @param seccomp whether the kernel has filters for system calls
 * @param seccompNotifies whether a filter may ask a process for the answer
 */
public record SecurityFacts(
        boolean seLinuxEnforcing, String label, String storeLabel, boolean seccomp, boolean seccompNotifies) {}
