package org.jbuildah.engine.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.Ulimit;
import org.jbuildah.engine.linux.Linux;
import org.jbuildah.engine.linux.LinuxException;

/** The most that a step's limits can be: the worker's own hard ones, unless it may raise them. */
final class UlimitCeiling {
    private final Linux linux;
    private final Capabilities capabilities;

    UlimitCeiling(Linux linux, Capabilities capabilities) {
        this.linux = linux;
        this.capabilities = capabilities;
    }

    /** @throws HostUnsuitable for the first limit that cannot be had */
    void check(List<Ulimit> limits) throws IOException {
        if (limits.isEmpty() || mayRaise()) {
            return;
        }
        for (Ulimit limit : limits) {
            long most = linux.getrlimit(limit.resource().number())[1];
            if (most != Ulimit.UNLIMITED && Long.compareUnsigned(limit.hard(), most) > 0) {
                throw tooMuch(limit, most);
            }
        }
    }

    /** Only the first user namespace's CAP_SYS_RESOURCE counts, setrlimit(2); there all ids are mapped to themselves. */
    private boolean mayRaise() throws IOException {
        boolean first = Files.readString(Path.of("/proc/self/uid_map")).strip().matches("0 +0 +4294967295");
        return first && (capabilities.held() >>> Capability.SYS_RESOURCE.number() & 1) != 0;
    }

    static HostUnsuitable tooMuch(Linux linux, Ulimit limit) throws LinuxException {
        return tooMuch(limit, linux.getrlimit(limit.resource().number())[1]);
    }

    private static HostUnsuitable tooMuch(Ulimit limit, long most) {
        return new HostUnsuitable(
                FailureCode.HOST_UNSUITABLE,
                "The ulimit " + limit + " is above " + most + ", the most that this builder can give.",
                "Ask for less, or raise the limit of the shell or service that starts the build.");
    }
}
