package org.jbuildah.engine.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts are those of crun 1.8 and runc 1.1. */
class RuntimeLogTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "executable file `nosuch` not found in $PATH: No such file or directory|ENOENT",
                "open executable: Permission denied|EACCES",
                "open executable: Operation not permitted|EACCES",
                "exec container process `/bin/text`: Exec format error|ENOEXEC",
                "exec container process (missing dynamic library?) `/bin/bad`: No such file or directory|ENOENT",
                "runc run failed: unable to start container process: exec: \"nosuch\": executable file not found in $PATH|ENOENT",
                "runc run failed: unable to start container process: exec: \"/no\": stat /no: no such file or directory|ENOENT",
                "runc run failed: unable to start container process: exec: \"/bin\": permission denied|EACCES",
                "exec /bin/text: exec format error|ENOEXEC"
            })
    void aProgramThatCannotBeStartedIsToldFromAllElse(String message, String errno) {
        String json = "{\"msg\":\"" + message.replace("\"", "\\\"") + "\",\"level\":\"error\",\"time\":\"t\"}\n";
        assertThat(RuntimeLog.parse(json).refusal()).contains(errno);
    }

    @Test
    void aContainerThatCannotBeMadeIsNoRefusal() {
        RuntimeLog log = RuntimeLog.parse(
                "{\"level\":\"error\",\"msg\":\"error mounting \\\"proc\\\": no such file or directory\"}\n");
        assertThat(log.refusal()).isEmpty();
        assertThat(log.errors()).containsExactly("error mounting \"proc\": no such file or directory");
    }

    @Test
    void warningsAreNoErrorsAndPlainTextIs() {
        RuntimeLog log = RuntimeLog.parse("{\"level\":\"warning\",\"msg\":\"hm\"}\npanic: oh\n");
        assertThat(log.errors()).containsExactly("panic: oh");
    }

    @Test
    void whatAShellSaysIsNotMistaken() {
        assertThat(RuntimeLog.parse("sh: exec: line 0: foo: not found").refusal())
                .isEmpty();
    }
}
