package org.jbuildah.engine.fetch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The installed git, run so that nothing but the command decides what it does: environment from nothing, no configuration of the machine
 * or the user, no hook, no filter, no credential helper, no terminal, and no protocol that reads this machine's files.
 */
final class GitCommand {
    private static final List<String> PASSED_ON = List.of(
            "PATH",
            "SSH_AUTH_SOCK",
            "SystemRoot",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "ALL_PROXY",
            "NO_PROXY",
            "http_proxy",
            "https_proxy",
            "all_proxy",
            "no_proxy",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR");

    /** Known hosts and keys are the user's own; his configuration could name programs to run, and is not read. */
    private static final String SSH = "ssh -F none -o BatchMode=yes -o ConnectTimeout=30 -o ServerAliveInterval=15";

    private final String program;
    private final Path home;
    private final Map<String, String> environment;
    private final boolean verifyTls;
    private final Optional<Logins.Setting> login;

    /**
     * @param program {@code git}, as PATH finds it
     * @param home an empty directory, for what the command needs to write down
     * @param login goes by the environment: a command line can be read by every user of the machine
     */
    GitCommand(
            String program,
            Path home,
            Map<String, String> environment,
            boolean verifyTls,
            Optional<Logins.Setting> login) {
        this.program = program;
        this.home = home;
        this.environment = environment;
        this.verifyTls = verifyTls;
        this.login = login;
    }

    /**
     * Runs a command to its end.
     *
     * @return its standard output
     * @throws GitFailed if it ends with an error
     */
    String run(Path directory, List<String> arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(home, "out", "");
        Path errors = Files.createTempFile(home, "err", "");
        Process git = start(directory, arguments, output, errors);
        try {
            if (git.waitFor() != 0) {
                throw new GitFailed(text(errors));
            }
            return text(output);
        } finally {
            // children first: once git is gone they could no longer be found from here
            git.descendants().forEach(ProcessHandle::destroyForcibly);
            git.destroyForcibly();
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }

    private Process start(Path directory, List<String> arguments, Path output, Path errors) {
        List<String> command = new ArrayList<>(List.of(program));
        for (String setting : List.of(
                "core.hooksPath=" + home.resolve("no-hooks"),
                "core.fsmonitor=false",
                "credential.helper=",
                "init.defaultBranch=main",
                "init.templateDir=",
                "advice.detachedHead=false",
                "gc.auto=0",
                "http.lowSpeedLimit=1",
                "http.lowSpeedTime=60")) {
            command.addAll(List.of("-c", setting));
        }
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        fill(builder.environment());
        try {
            Process git = builder.start();
            git.getOutputStream().close();
            return git;
        } catch (IOException notStarted) {
            throw FetchLetters.gitMissing(notStarted);
        }
    }

    private void fill(Map<String, String> variables) {
        variables.clear();
        for (String name : PASSED_ON) {
            String value = environment.get(name);
            if (value != null) {
                variables.put(name, value);
            }
        }
        variables.put("LC_ALL", "C.UTF-8");
        variables.put("HOME", home.toString());
        // the store may lie inside a repository, whose configuration is none of ours
        variables.put("GIT_CEILING_DIRECTORIES", String.valueOf(home.getParent()));
        variables.put("GIT_CONFIG_NOSYSTEM", "1");
        variables.put("GIT_CONFIG_GLOBAL", home.resolve("no-config").toString());
        variables.put("GIT_ATTR_NOSYSTEM", "1");
        variables.put("GIT_TERMINAL_PROMPT", "0");
        variables.put("GIT_ALLOW_PROTOCOL", "http:https:ssh:git");
        variables.put("GIT_SSH_COMMAND", SSH);
        login.ifPresent(setting -> {
            variables.put("GIT_CONFIG_COUNT", "1");
            variables.put("GIT_CONFIG_KEY_0", setting.key());
            variables.put("GIT_CONFIG_VALUE_0", setting.value());
        });
        if (!verifyTls) {
            variables.put("GIT_SSL_NO_VERIFY", "true");
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
