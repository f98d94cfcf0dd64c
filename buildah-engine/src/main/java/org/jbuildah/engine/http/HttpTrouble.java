package org.jbuildah.engine.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What lies behind a failed request. */
public final class HttpTrouble {
    private static final String ALERT = "Received fatal alert: ";

    private HttpTrouble() {}

    /** In words that end a sentence: {@code the connection was refused}. */
    public static String reason(IOException why) {
        if (caused(why, UnknownHostException.class) || caused(why, UnresolvedAddressException.class)) {
            return "its name is not known to the DNS";
        }
        if (caused(why, CertPathBuilderException.class)) {
            return "nobody who is trusted here has signed its certificate";
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

    /** The alert with which the other end broke off, such as {@code bad_certificate}: whoever sends one speaks TLS. */
    public static Optional<String> alert(Throwable why) {
        for (Throwable t = why; t != null; t = t.getCause()) {
            String message = t instanceof SSLException ? t.getMessage() : null;
            if (message != null && message.startsWith(ALERT)) { // the JDK tells of alerts in words only
                return Optional.of(message.substring(ALERT.length()));
            }
        }
        return Optional.empty();
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
