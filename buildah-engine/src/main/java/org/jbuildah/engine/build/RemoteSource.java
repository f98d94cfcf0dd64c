package org.jbuildah.engine.build;

import java.util.regex.Pattern;

/**
 * The sources of ADD that are not in the build context.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#add">Dockerfile reference: ADD</a>
 */
final class RemoteSource {
    private static final Pattern URL = Pattern.compile("(?i)(https?|git|ssh|ftp)://.*");
    private static final Pattern SCP_LIKE_GIT = Pattern.compile("[\\w.-]+@[\\w.-]+:.*");

    private RemoteSource() {}

    static boolean isRemote(String source) {
        return URL.matcher(source).matches() || SCP_LIKE_GIT.matcher(source).matches();
    }
}
