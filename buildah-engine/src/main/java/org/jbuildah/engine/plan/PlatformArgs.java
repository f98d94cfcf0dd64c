package org.jbuildah.engine.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jbuildah.engine.oci.Platform;

/**
 * The arguments that every Dockerfile has without declaring them, in FROM lines and, once declared, in stages.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope">Dockerfile reference:
 *     automatic platform ARGs</a>
 */
final class PlatformArgs {
    private PlatformArgs() {}

    /** @param targetStage the name of the stage that is built, {@code default} where it has none */
    static Map<String, String> of(Platform build, Platform target, String targetStage) {
        Map<String, String> args = new LinkedHashMap<>();
        args.putAll(of("BUILD", build));
        args.putAll(of("TARGET", target));
        args.put("TARGETSTAGE", targetStage);
        return args;
    }

    private static Map<String, String> of(String prefix, Platform platform) {
        Map<String, String> args = new LinkedHashMap<>();
        args.put(prefix + "PLATFORM", platform.toString());
        args.put(prefix + "OS", platform.os());
        args.put(prefix + "ARCH", platform.architecture());
        args.put(prefix + "VARIANT", platform.variant());
        return args;
    }
}
