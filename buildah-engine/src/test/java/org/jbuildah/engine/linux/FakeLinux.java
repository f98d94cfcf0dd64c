package org.jbuildah.engine.linux;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A kernel that does nothing but remember: every call succeeds with a neutral answer unless it was told to fail or to answer.
 *
 * <pre>{@code
 * FakeLinux fake = new FakeLinux().failing("mount", Errno.EPERM);
 * subject(fake.linux());
 * assertThat(fake.calls()).contains("unshare 131072");
 * }</pre>
 */
public final class FakeLinux {
    private final List<String> calls = new ArrayList<>();
    private final Map<String, Errno> failures = new HashMap<>();
    private final Map<String, Object> answers = new HashMap<>();
    private int nextDescriptor = 100;

    public Linux linux() {
        return (Linux) Proxy.newProxyInstance(
                Linux.class.getClassLoader(), new Class<?>[] {Linux.class}, (proxy, method, arguments) -> {
                    String line = method.getName();
                    for (Object argument : arguments == null ? new Object[0] : arguments) {
                        line += " " + text(argument);
                    }
                    return answer(method, line);
                });
    }

    /** Calls whose line, as in {@link #calls()}, starts so fail from now on. */
    public FakeLinux failing(String start, Errno errno) {
        failures.put(start, errno);
        return this;
    }

    /** Calls whose line starts so give this from now on. */
    public FakeLinux answering(String start, Object answer) {
        answers.put(start, answer);
        return this;
    }

    /** One line a call: name and arguments, bytes as text. */
    public List<String> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    private @Nullable Object answer(Method method, String line) throws LinuxException {
        synchronized (calls) {
            calls.add(line);
        }
        for (Map.Entry<String, Errno> failure : failures.entrySet()) {
            if (line.startsWith(failure.getKey())) {
                String subject = line.substring(method.getName().length()).strip();
                throw new LinuxException(
                        method.getName(), subject, failure.getValue().number());
            }
        }
        for (Map.Entry<String, Object> answer : answers.entrySet()) {
            if (line.startsWith(answer.getKey())) {
                return answer.getValue();
            }
        }
        return neutral(method);
    }

    private @Nullable Object neutral(Method method) {
        Class<?> type = method.getReturnType();
        if (method.getName().startsWith("open") || method.getName().equals("pidfdOpen")) {
            return nextDescriptor++;
        }
        if (method.getName().equals("pipe2")) {
            return new int[] {nextDescriptor++, nextDescriptor++};
        }
        if (type == int.class) {
            return 0;
        } else if (type == long.class) {
            return 0L;
        } else if (type == boolean.class) {
            return true;
        } else if (type == long[].class) {
            return new long[] {1024, 4096};
        } else if (type == byte[].class) {
            return new byte[0];
        } else if (type == List.class) {
            return List.of();
        } else if (type == FileStatus.class) {
            return new FileStatus(0040755, 1, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0);
        } else {
            return type == void.class ? null : new TreeMap<String, byte[]>();
        }
    }

    private static String text(@Nullable Object argument) {
        if (argument instanceof byte[] bytes) {
            return bytes.length > 300 ? bytes.length + " bytes" : new String(bytes, StandardCharsets.UTF_8);
        } else if (argument instanceof int[] ints) {
            return Arrays.toString(ints);
        }
        return String.valueOf(argument);
    }
}
