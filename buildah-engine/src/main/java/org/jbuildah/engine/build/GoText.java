package org.jbuildah.engine.build;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Values as Go prints them, since the history of an image is text that BuildKit makes with Go's formats.
 *
 * @see <a href="https://pkg.go.dev/fmt">Go: package fmt</a>, verbs {@code %v} and {@code %q}
 */
final class GoText {
    private GoText() {}

    /** {@code %v} of a list: {@code [a b]}. */
    static String plain(List<String> values) {
        return "[" + String.join(" ", values) + "]";
    }

    /** {@code %q} of a list: {@code ["a" "b"]}. */
    static String quoted(List<String> values) {
        return values.stream().map(GoText::quoted).collect(Collectors.joining(" ", "[", "]"));
    }

    private static String quoted(String value) {
        StringBuilder text = new StringBuilder("\"");
        value.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                case '\r' -> text.append("\\r");
                default -> {
                    if (c < 0x20 || c == 0x7f) {
                        text.append(String.format("\\x%02x", c));
                    } else {
                        text.appendCodePoint(c);
                    }
                }
            }
        });
        return text.append('"').toString();
    }

    /** A duration: {@code 1m30s}, {@code 250ms}, {@code 0s}. */
    static String duration(Duration value) {
        if (value.isZero()) {
            return "0s";
        }
        long nanos = value.toNanos();
        if (nanos < 1_000) {
            return nanos + "ns";
        }
        if (nanos < 1_000_000) {
            return fraction(nanos, 1_000) + "µs";
        }
        if (nanos < 1_000_000_000) {
            return fraction(nanos, 1_000_000) + "ms";
        }
        long minutes = value.toMinutes();
        String seconds = fraction(nanos - minutes * 60_000_000_000L, 1_000_000_000L) + "s";
        if (minutes == 0) {
            return seconds;
        }
        return minutes < 60 ? minutes + "m" + seconds : minutes / 60 + "h" + minutes % 60 + "m" + seconds;
    }

    private static String fraction(long nanos, long unit) {
        return java.math.BigDecimal.valueOf(nanos)
                .divide(java.math.BigDecimal.valueOf(unit))
                .stripTrailingZeros()
                .toPlainString();
    }
}
