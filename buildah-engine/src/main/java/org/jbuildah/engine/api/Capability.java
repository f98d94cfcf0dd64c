package org.jbuildah.engine.api;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One of the privileges that the kernel divides root's power into.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/capabilities.7.html">capabilities(7)</a>; numbers: linux/capability.h
 */
public enum Capability {
    CHOWN(0),
    DAC_OVERRIDE(1),
    DAC_READ_SEARCH(2),
    FOWNER(3),
    FSETID(4),
    KILL(5),
    SETGID(6),
    SETUID(7),
    SETPCAP(8),
    LINUX_IMMUTABLE(9),
    NET_BIND_SERVICE(10),
    NET_BROADCAST(11),
    NET_ADMIN(12),
    NET_RAW(13),
    IPC_LOCK(14),
    IPC_OWNER(15),
    SYS_MODULE(16),
    SYS_RAWIO(17),
    SYS_CHROOT(18),
    SYS_PTRACE(19),
    SYS_PACCT(20),
    SYS_ADMIN(21),
    SYS_BOOT(22),
    SYS_NICE(23),
    SYS_RESOURCE(24),
    SYS_TIME(25),
    SYS_TTY_CONFIG(26),
    MKNOD(27),
    LEASE(28),
    AUDIT_WRITE(29),
    AUDIT_CONTROL(30),
    SETFCAP(31),
    MAC_OVERRIDE(32),
    MAC_ADMIN(33),
    SYSLOG(34),
    WAKE_ALARM(35),
    BLOCK_SUSPEND(36),
    AUDIT_READ(37),
    PERFMON(38),
    BPF(39),
    CHECKPOINT_RESTORE(40);

    /** What a root user of a RUN may do unless more or less is asked for: Docker's default. */
    public static final Set<Capability> DEFAULT = Collections.unmodifiableSet(EnumSet.of(
            CHOWN,
            DAC_OVERRIDE,
            FOWNER,
            FSETID,
            KILL,
            SETGID,
            SETUID,
            SETPCAP,
            NET_BIND_SERVICE,
            NET_RAW,
            SYS_CHROOT,
            MKNOD,
            AUDIT_WRITE,
            SETFCAP));

    private static final String EVERY = "ALL";
    private static final String PREFIX = "CAP_";

    private final int number;

    Capability(int number) {
        this.number = number;
    }

    /** The kernel's number. */
    public int number() {
        return number;
    }

    /**
     * The default set, with some added and some dropped. Each is a name, with or without {@code CAP_}, in any case, or {@code all}: where
     * all are dropped, only those added remain; where all are added, only those dropped are missing.
     *
     * @throws RequestInvalid if a name is unknown, or both added and dropped
     */
    public static Set<Capability> granted(List<String> added, List<String> dropped) {
        if (hasEvery(added) && hasEvery(dropped)) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "All capabilities are both added and dropped.",
                    "Ask for one of the two.");
        }
        Set<Capability> more = named(added);
        Set<Capability> fewer = named(dropped);
        for (Capability both : more) {
            if (fewer.contains(both)) {
                throw new RequestInvalid(
                        FailureCode.REQUEST_INVALID,
                        "The capability " + both + " is both added and dropped.",
                        "Ask for one of the two.");
            }
        }
        EnumSet<Capability> set = hasEvery(added)
                ? EnumSet.allOf(Capability.class)
                : hasEvery(dropped) ? EnumSet.noneOf(Capability.class) : EnumSet.copyOf(DEFAULT);
        set.addAll(more);
        set.removeAll(fewer);
        return set;
    }

    private static boolean hasEvery(List<String> words) {
        return words.stream().anyMatch(EVERY::equalsIgnoreCase);
    }

    private static Set<Capability> named(List<String> words) {
        Set<Capability> named = EnumSet.noneOf(Capability.class);
        for (String word : words) {
            if (!word.equalsIgnoreCase(EVERY)) {
                named.add(parse(word));
            }
        }
        return named;
    }

    private static Capability parse(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        String name = upper.startsWith(PREFIX) ? upper.substring(PREFIX.length()) : upper;
        return Arrays.stream(values())
                .filter(capability -> capability.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(word, name));
    }

    private static RequestInvalid unknown(String word, String name) {
        List<String> names = Arrays.stream(values()).map(Capability::name).toList();
        Optional<String> near = NearMiss.of(name, names);
        return new RequestInvalid(
                FailureCode.REQUEST_INVALID,
                "\"" + word + "\" is no capability.",
                near.map(likely -> "Did you mean " + likely + "?")
                        .orElse(
                                "capabilities(7) lists them, such as NET_ADMIN or SYS_PTRACE; \"all\" stands for all."));
    }
}
