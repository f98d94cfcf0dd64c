package org.jbuildah.engine.isolation;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.linux.Architecture;
import org.jbuildah.engine.oci.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * {@link Seccomp}'s filter in the words of the runtime specification, for a runtime to compile.
 *
 * @see <a href="https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md#seccomp">runtime-spec: seccomp</a>
 */
final class SeccompProfile {
    private static final String ALLOW = "SCMP_ACT_ALLOW";
    private static final String REFUSE = "SCMP_ACT_ERRNO";
    private static final long EPERM = 1;
    private static final long ENOSYS = 38;

    /** Those that are decided by their arguments. */
    private static final Set<String> CONDITIONAL = Set.of("clone", "clone3", "personality", "socket");

    private SeccompProfile() {}

    static void write(JsonText json, Architecture architecture, Set<Capability> capabilities) throws IOException {
        SystemCallTable table = SystemCallTable.read(capabilities);
        Set<String> names = new TreeSet<>();
        Abi.of(architecture).forEach(abi -> names.addAll(table.of(abi).keySet()));
        names.removeAll(CONDITIONAL);
        json.open('{').field("defaultAction", REFUSE);
        json.field("defaultErrnoRet", EPERM);
        json.strings("architectures", architectures(architecture));
        json.name("syscalls").open('[');
        rule(json, names, ALLOW);
        if (capabilities.contains(Capability.SYS_ADMIN)) {
            rule(json, Set.of("clone", "clone3"), ALLOW);
        } else {
            withArgument(json, "clone", Seccomp.NAMESPACES, 0L, "SCMP_CMP_MASKED_EQ");
            json.element().open('{').strings("names", List.of("clone3"));
            json.field("action", REFUSE);
            json.field("errnoRet", ENOSYS);
            json.close('}');
        }
        for (int personality : Seccomp.PERSONALITIES) {
            withArgument(json, "personality", Integer.toUnsignedLong(personality), null, "SCMP_CMP_EQ");
        }
        for (int family : Seccomp.SOCKET_FAMILIES) {
            withArgument(json, "socket", family, null, "SCMP_CMP_EQ");
        }
        json.close(']').close('}');
    }

    private static List<String> architectures(Architecture architecture) {
        return architecture == Architecture.X86_64
                ? List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32")
                : List.of("SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM");
    }

    private static void rule(JsonText json, Set<String> names, String action) {
        json.element().open('{').strings("names", names);
        json.field("action", action);
        json.close('}');
    }

    /** Allowed when the first argument compares so; of several rules for one call each allows. */
    private static void withArgument(JsonText json, String name, long value, @Nullable Long second, String operation) {
        json.element().open('{').strings("names", List.of(name));
        json.field("action", ALLOW);
        json.name("args").open('[').element().open('{').field("index", 0);
        json.field("value", value);
        if (second != null) {
            json.field("valueTwo", second);
        }
        json.field("op", operation);
        json.close('}').close(']').close('}');
    }
}
