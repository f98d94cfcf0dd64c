package org.jbuildah.engine.oci;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;

/** JSON as Go's encoder writes it: no white space, {@code <}, {@code >}, {@code &}, U+2028 and U+2029 escaped. */
public final class JsonText {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder text = new StringBuilder();
    private boolean first = true;

    public JsonText open(char bracket) {
        text.append(bracket);
        first = true;
        return this;
    }

    public JsonText close(char bracket) {
        text.append(bracket);
        first = false;
        return this;
    }

    /** Begins a field; its value comes next. */
    public JsonText name(String name) {
        element();
        quoted(name);
        text.append(':');
        return this;
    }

    /** Begins an element of a list; its value comes next. */
    public JsonText element() {
        if (!first) {
            text.append(',');
        }
        first = false;
        return this;
    }

    public JsonText value(String value) {
        quoted(value);
        return this;
    }

    public JsonText value(long value) {
        text.append(value);
        return this;
    }

    /** All 64 bits are the number, none its sign. */
    public JsonText unsigned(long value) {
        text.append(Long.toUnsignedString(value));
        return this;
    }

    public void field(String name, String value) {
        name(name).value(value);
    }

    public void field(String name, long value) {
        name(name).value(value);
    }

    /** As Go's {@code omitempty}. */
    public void fieldUnlessEmpty(String name, String value) {
        if (!value.isEmpty()) {
            field(name, value);
        }
    }

    public void fieldUnlessZero(String name, long value) {
        if (value != 0) {
            field(name, value);
        }
    }

    public void fieldIfTrue(String name, boolean value) {
        if (value) {
            name(name);
            text.append("true");
        }
    }

    /** A list of strings, unless it is empty. */
    public void strings(String name, Collection<String> values) {
        if (!values.isEmpty()) {
            list(name, values, (json, value) -> json.value(value));
        }
    }

    public <T> void list(String name, Collection<T> values, BiConsumer<JsonText, T> each) {
        name(name).open('[');
        for (T value : values) {
            element();
            each.accept(this, value);
        }
        close(']');
    }

    /** Go's set, a map to empty objects, unless it is empty. */
    public void set(String name, Collection<String> values) {
        if (!values.isEmpty()) {
            name(name).open('{');
            values.forEach(value -> name(value).open('{').close('}'));
            close('}');
        }
    }

    public void map(String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            name(name).open('{');
            values.forEach(this::field);
            close('}');
        }
    }

    public byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void quoted(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                text.append(c).append(value.charAt(++i));
            } else {
                character(c);
            }
        }
        text.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            case '\b' -> text.append("\\b");
            case '\f' -> text.append("\\f");
            default -> {
                if (c < 0x20 || c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029) {
                    escaped(c);
                } else if (Character.isSurrogate(c)) {
                    escaped((char) 0xfffd); // half a pair is no character
                } else {
                    text.append(c);
                }
            }
        }
    }

    private void escaped(char c) {
        text.append("\\u")
                .append(HEX[c >> 12])
                .append(HEX[(c >> 8) & 15])
                .append(HEX[(c >> 4) & 15])
                .append(HEX[c & 15]);
    }
}
