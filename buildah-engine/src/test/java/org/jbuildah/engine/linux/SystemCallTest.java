package org.jbuildah.engine.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class SystemCallTest {
    private static final Pattern DEFINE =
            Pattern.compile("^#define (?:__NR|__NR3264)_(\\w+) (\\d+)", Pattern.MULTILINE);
    private static final Pattern ALIAS = Pattern.compile("^#define __NR_(\\w+) __NR3264_(\\w+)", Pattern.MULTILINE);

    @Test
    void x86NumbersAreThoseOfTheKernelHeader() throws IOException {
        Map<String, Integer> header = header(Path.of("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"));
        for (SystemCall call : SystemCall.values()) {
            assertThat(call.number(Architecture.X86_64)).as(call.title()).isEqualTo(header.get(call.title()));
        }
    }

    @Test
    void aarch64NumbersAreThoseOfTheGenericHeader() throws IOException {
        Map<String, Integer> header = header(Path.of("/usr/include/asm-generic/unistd.h"));
        for (SystemCall call : SystemCall.values()) {
            assertThat(call.number(Architecture.AARCH64)).as(call.title()).isEqualTo(header.get(call.title()));
        }
    }

    @Test
    void noNumberIsUsedTwice() {
        for (Architecture architecture : Architecture.values()) {
            Set<Integer> seen = new HashSet<>();
            for (SystemCall call : SystemCall.values()) {
                assertThat(seen.add(call.number(architecture)))
                        .as("%s on %s", call, architecture)
                        .isTrue();
            }
        }
    }

    @Test
    void anArchitectureWithoutATableIsRefusedByName() {
        assertThat(Architecture.of("amd64")).isEqualTo(Architecture.X86_64);
        assertThat(Architecture.of("aarch64")).isEqualTo(Architecture.AARCH64);
        assertThatThrownBy(() -> Architecture.of("riscv64")).hasMessageContaining("os.arch=riscv64");
    }

    private static Map<String, Integer> header(Path path) throws IOException {
        Assumptions.assumeTrue(Files.isReadable(path), "no kernel header " + path);
        Map<String, Integer> numbers = new HashMap<>();
        Matcher define = DEFINE.matcher(Files.readString(path));
        while (define.find()) {
            numbers.put(define.group(1), Integer.parseInt(define.group(2)));
        }
        Matcher alias = ALIAS.matcher(Files.readString(path));
        while (alias.find()) {
            numbers.putIfAbsent(alias.group(1), numbers.get(alias.group(2)));
        }
        return numbers;
    }
}
