package org.jbuildah.engine.fetch;

/**
 * What a reference names in a repository.
 *
 * @param reference the full name, such as {@code refs/heads/main}; a commit's id where the reference was one
 * @param object what stands under that name: a commit, or an annotated tag
 * @param commit the commit behind it
 */
public record Revision(String reference, String object, String commit) {
    static Revision ofCommit(String commit) {
        return new Revision(commit, commit, commit);
    }
}
