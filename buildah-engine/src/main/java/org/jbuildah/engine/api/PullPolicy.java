package org.jbuildah.engine.api;

/** When a base image is fetched although the local store may have it. */
public enum PullPolicy {
    /** Only when the store lacks it. */
    MISSING,
    /** Always; fails where the registry does not have it. */
    ALWAYS,
    /** When the registry's differs from the store's; the store's is good enough where the registry does not answer. */
    NEWER,
    /** Never; fails where the store lacks it. */
    NEVER
}
