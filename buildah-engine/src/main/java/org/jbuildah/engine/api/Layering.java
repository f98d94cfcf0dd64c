package org.jbuildah.engine.api;

/** How many layers an image has above its base. */
public enum Layering {
    /** One for each step that changes files. */
    PER_STEP,
    /** One in all above the base's own; every step is run anew, as buildah does with {@code --layers=false}. */
    ONE_ABOVE_BASE,
    /** One that holds everything, the base's files too, as buildah's {@code --squash} makes it. */
    ONE_IN_ALL
}
