package org.jbuildah.engine.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;

/** What lies behind a failed request. */
public final class HttpTrouble {
    private HttpTrouble() {}

    /** In words that end a sentence: {@code the connection was refused}. */
    public static String reason(IOException why) {
        if (caused(why, UnknownHostException.class) || caused(why, UnresolvedAddressException.class)) {
            return "its name is not known to the DNS";
        }
        if (why instanceof ConnectException) {
            return why.getMessage() == null ? "the connection was refused" : why.getMessage();
        }
        return why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
    }

    /** Whether nothing moved any more, rather than somebody refusing. */
    public static boolean stalled(IOException why) {
        return why instanceof HttpTimeoutException;
    }

    public static boolean caused(Throwable why, Class<? extends Throwable> kind) {
        for (Throwable t = why; t != null; t = t.getCause()) {
            if (kind.isInstance(t)) {
                return true;
            }
        }
        return false;
    }
}
