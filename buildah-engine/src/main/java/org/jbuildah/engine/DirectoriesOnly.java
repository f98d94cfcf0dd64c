package org.jbuildah.engine;

import org.jbuildah.engine.api.ContextSource;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.RequestInvalid;

/** Brings nothing: for a check, which opens no store and uses no network. */
final class DirectoriesOnly implements ContextDelivery {
    @Override
    public Delivered deliver(ContextSource source) {
        throw refused(ContextFiles.name(source));
    }

    @Override
    public byte[] text(String address) {
        throw refused(address);
    }

    private static RequestInvalid refused(String name) {
        return new RequestInvalid(
                FailureCode.REQUEST_INVALID,
                "\"" + name + "\" is no directory, and a check without a build fetches and unpacks nothing.",
                "Check a directory, or let the build itself tell its warnings.");
    }
}
