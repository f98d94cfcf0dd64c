package org.jbuildah.engine.registry;

/** How a blob came to be in a repository. */
public enum BlobDelivery {
    /** It was there before. */
    PRESENT,
    /** The registry took it from another of its repositories; no byte travelled. */
    MOUNTED,
    UPLOADED
}
