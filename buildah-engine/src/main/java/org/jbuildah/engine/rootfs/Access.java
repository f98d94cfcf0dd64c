package org.jbuildah.engine.rootfs;

/**
 * Owner and permissions of what a mount makes.
 *
 * @param mode {@code 07777} at most
 */
public record Access(int uid, int gid, int mode) {}
