package org.jbuildah.engine.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jbuildah.engine.api.Capability;
import org.jbuildah.engine.api.Ulimit;
import org.jbuildah.engine.linux.Architecture;
import org.jbuildah.engine.rootfs.Credentials;
import org.jbuildah.engine.rootfs.Grants;
import org.jbuildah.engine.rootfs.Network;
import org.jbuildah.engine.rootfs.ProcessSpec;
import org.junit.jupiter.api.Test;

class BundleConfigTest {
    private static JsonObject config(RuntimeKind kind, Set<Capability> capabilities) throws IOException {
        Grants grants = new Grants(capabilities, List.of(Ulimit.parse("nofile=10:-1")), 4096);
        Credentials user = new Credentials(1000, 1001, List.of(5));
        List<String> arguments = List.of("echo", "a \"b\"");
        ProcessSpec process =
                new ProcessSpec(arguments, List.of("A=ö"), "/w", user, "box", Network.HOST, grants, List.of(), null);
        BundleConfig config = new BundleConfig(
                kind,
                Architecture.X86_64,
                "/r",
                "/d",
                process,
                user,
                capabilities,
                List.of("/proc/kcore"),
                kind.coversTmp() ? "/t" : null);
        return JsonParser.parseString(new String(config.json(), UTF_8)).getAsJsonObject();
    }

    @Test
    void theProcessIsThatOfTheStep() throws IOException {
        JsonObject process = config(RuntimeKind.RUNC, Set.of(Capability.CHOWN)).getAsJsonObject("process");
        assertThat(process)
                .hasToString(
                        """
                        {"user":{"uid":1000,"gid":1001,"umask":18,"additionalGids":[5]},"args":["echo","a \\"b\\""],"env":["A=ö"],"cwd":"/w",\
                        "capabilities":{"bounding":["CAP_CHOWN"],"effective":["CAP_CHOWN"],"permitted":["CAP_CHOWN"]},\
                        "rlimits":[{"type":"RLIMIT_NOFILE","hard":18446744073709551615,"soft":10}]}""");
    }

    @Test
    void aRuntimeThatSharesTheKernelFindsAllButProc() throws IOException {
        JsonObject config = config(RuntimeKind.CRUN, Set.of());
        assertThat(words(config.getAsJsonArray("mounts"), "destination")).containsExactly("/proc", "/dev");
        assertThat(words(config.getAsJsonObject("linux").getAsJsonArray("namespaces"), "type"))
                .containsExactly("mount", "pid");
        assertThat(config.has("hostname")).isFalse();
        assertThat(config.getAsJsonObject("hooks").toString()).contains("remount,bind,nodev");
    }

    @Test
    void aRuntimeWithAKernelOfItsOwnMakesTheRestItself() throws IOException {
        for (RuntimeKind kind : List.of(RuntimeKind.KATA, RuntimeKind.RUNSC)) {
            JsonObject config = config(kind, Set.of());
            assertThat(words(config.getAsJsonArray("mounts"), "destination"))
                    .startsWith("/proc", "/dev", "/dev/pts", "/dev/shm", "/sys");
            assertThat(words(config.getAsJsonObject("linux").getAsJsonArray("namespaces"), "type"))
                    .containsExactly("mount", "pid", "ipc", "uts");
            assertThat(config.get("hostname").getAsString()).isEqualTo("box");
            assertThat(config.has("hooks")).isFalse();
            assertThat(config.getAsJsonObject("linux").has("seccomp")).isFalse();
        }
    }

    @Test
    void theSeccompProfileIsThatOfTheFilter() throws IOException {
        JsonObject profile = config(RuntimeKind.RUNC, Capability.DEFAULT)
                .getAsJsonObject("linux")
                .getAsJsonObject("seccomp");
        assertThat(profile.get("defaultErrnoRet").getAsInt()).isEqualTo(1);
        JsonArray rules = profile.getAsJsonArray("syscalls");
        assertThat(rules.get(0).getAsJsonObject().getAsJsonArray("names").toString())
                .contains("\"openat\"", "\"chroot\"")
                .doesNotContain("\"mount\"", "\"clone\"", "\"unshare\"", "\"keyctl\"", "\"bpf\"");
        assertThat(rules.toString())
                .contains(
                        "{\"names\":[\"clone\"],\"action\":\"SCMP_ACT_ALLOW\",\"args\":[{\"index\":0,\"value\":2114060288,"
                                + "\"valueTwo\":0,\"op\":\"SCMP_CMP_MASKED_EQ\"}]}")
                .contains("{\"names\":[\"clone3\"],\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":38}")
                .doesNotContain("\"value\":38,"); // AF_ALG
        JsonObject powerful = config(RuntimeKind.RUNC, Set.of(Capability.SYS_ADMIN))
                .getAsJsonObject("linux")
                .getAsJsonObject("seccomp");
        assertThat(powerful.toString()).contains("\"mount\"", "\"unshare\"").doesNotContain("MASKED_EQ");
    }

    private static List<String> words(JsonArray list, String field) {
        return list.asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(one -> one.get(field).getAsString())
                .toList();
    }

    @Test
    void gVisorIsToldToLeaveTheImagesTmpInSight() throws IOException {
        assertThat(config(RuntimeKind.RUNSC, Set.of()).getAsJsonArray("mounts").toString())
                .contains("{\"destination\":\"/tmp\",\"type\":\"bind\",\"source\":\"/t\"");
        assertThat(config(RuntimeKind.KATA, Set.of()).getAsJsonArray("mounts").toString())
                .doesNotContain("/tmp");
    }
}
