package org.jbuildah.engine.api;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about every {@code RUN}: what each process gets beside what the Dockerfile says, and how long it may take.
 *
 * @param timeout the longest that one {@code RUN} may take; null for no limit
 * @param proxyVariables {@code HTTP_PROXY} and its kin, given to each {@code RUN} and never committed
 * @param capabilities of a root user in a {@code RUN}; another user has none
 * @param ulimits of each process; what is not named here is as the builder has it
 * @param sharedMemoryInBytes the size of {@code /dev/shm}
 * @param network what a {@code RUN} sees of it
 * @param lent secrets and the like
 * @param onFailure what becomes of one that failed
 * @param groups further groups of each process, numbers or names of the image's {@code /etc/group}
 * @param cacheTtl results older than this are made again; null for no limit
 */
public record RunOptions(
        @Nullable Duration timeout,
        Map<String, String> proxyVariables,
        Set<Capability> capabilities,
        List<Ulimit> ulimits,
        long sharedMemoryInBytes,
        RunNetwork network,
        Lent lent,
        OnFailure onFailure,
        List<String> groups,
        @Nullable Duration cacheTtl) {
    private static final long SHARED_MEMORY = 64L << 20;

    public static final RunOptions DEFAULT = new RunOptions(
            null,
            Map.of(),
            Capability.DEFAULT,
            List.of(),
            SHARED_MEMORY,
            RunNetwork.DEFAULT,
            Lent.NOTHING,
            OnFailure.NOTHING,
            List.of(),
            null);

    public RunOptions {
        proxyVariables = Collections.unmodifiableMap(new LinkedHashMap<>(proxyVariables));
        EnumSet<Capability> sorted = EnumSet.noneOf(Capability.class);
        sorted.addAll(capabilities);
        capabilities = Collections.unmodifiableSet(sorted);
        Map<Ulimit.Resource, Ulimit> last = new LinkedHashMap<>();
        ulimits.forEach(limit -> last.put(limit.resource(), limit));
        ulimits = List.copyOf(last.values());
        groups = List.copyOf(groups);
        refuseCallersGroups(groups);
    }

    public RunOptions withTimeout(@Nullable Duration value) {
        return new RunOptions(
                value,
                proxyVariables,
                capabilities,
                ulimits,
                sharedMemoryInBytes,
                network,
                lent,
                onFailure,
                groups,
                cacheTtl);
    }

    public RunOptions withProxyVariables(Map<String, String> value) {
        return new RunOptions(
                timeout, value, capabilities, ulimits, sharedMemoryInBytes, network, lent, onFailure, groups, cacheTtl);
    }

    public RunOptions withCapabilities(Set<Capability> value) {
        return new RunOptions(
                timeout,
                proxyVariables,
                value,
                ulimits,
                sharedMemoryInBytes,
                network,
                lent,
                onFailure,
                groups,
                cacheTtl);
    }

    /** Of several limits for one resource the last counts. */
    public RunOptions withUlimits(List<Ulimit> value) {
        return new RunOptions(
                timeout,
                proxyVariables,
                capabilities,
                value,
                sharedMemoryInBytes,
                network,
                lent,
                onFailure,
                groups,
                cacheTtl);
    }

    /**
     * Reads the size of {@code /dev/shm}, such as {@code 64m}.
     *
     * @throws RequestInvalid if the text is no size, or nothing
     */
    public RunOptions withSharedMemory(String size) {
        long bytes;
        try {
            bytes = ByteSize.parse(size);
        } catch (IllegalArgumentException | ArithmeticException wrong) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "The shared memory \"" + size + "\" is no number of bytes.",
                    "Write such as 64m or 1g.",
                    wrong);
        }
        if (bytes == 0) {
            throw new RequestInvalid(
                    FailureCode.REQUEST_INVALID,
                    "The shared memory \"" + size + "\" is nothing at all.",
                    "Leave it out for 64m.");
        }
        return new RunOptions(
                timeout, proxyVariables, capabilities, ulimits, bytes, network, lent, onFailure, groups, cacheTtl);
    }

    public RunOptions withNetwork(RunNetwork value) {
        return new RunOptions(
                timeout,
                proxyVariables,
                capabilities,
                ulimits,
                sharedMemoryInBytes,
                value,
                lent,
                onFailure,
                groups,
                cacheTtl);
    }

    public RunOptions withLent(Lent value) {
        return new RunOptions(
                timeout,
                proxyVariables,
                capabilities,
                ulimits,
                sharedMemoryInBytes,
                network,
                value,
                onFailure,
                groups,
                cacheTtl);
    }

    public RunOptions withOnFailure(OnFailure value) {
        return new RunOptions(
                timeout,
                proxyVariables,
                capabilities,
                ulimits,
                sharedMemoryInBytes,
                network,
                lent,
                value,
                groups,
                cacheTtl);
    }

    public RunOptions withGroups(List<String> value) {
        return new RunOptions(
                timeout,
                proxyVariables,
                capabilities,
                ulimits,
                sharedMemoryInBytes,
                network,
                lent,
                onFailure,
                value,
                cacheTtl);
    }

    public RunOptions withCacheTtl(@Nullable Duration value) {
        return new RunOptions(
                timeout,
                proxyVariables,
                capabilities,
                ulimits,
                sharedMemoryInBytes,
                network,
                lent,
                onFailure,
                groups,
                value);
    }

    private static void refuseCallersGroups(List<String> groups) {
        if (groups.contains("keep-groups")) {
            throw new RequestInvalid(
                    FailureCode.FLAG_NOT_SUPPORTED,
                    "RUN is to keep the groups of the user who builds (\"keep-groups\").",
                    "Name the groups by number: a RUN has the ids of its image, and none of this machine's.");
        }
    }
}
