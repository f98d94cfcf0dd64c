package org.jbuildah.engine.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.oci.JsonTree;
import org.jspecify.annotations.Nullable;

/**
 * The part of Go's templates that scripts use to pick values: fields, {@code index}, {@code json}, {@code len} and pipes. What it does
 * not have, such as {@code range}, is refused when it is read.
 *
 * <p>A field is found by its name in JSON, or by Go's, which differs in case and underscores only ({@code RootFS.DiffIDs} is
 * {@code rootfs.diff_ids}).
 *
 * @see <a href="https://pkg.go.dev/text/template">Go: text/template</a>
 */
final class Template {
    private static final Pattern ACTION = Pattern.compile("\\{\\{(- )?\\s*(.*?)\\s*( -)?}}", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile(
            "\\s*(?:(\\|)|\"((?:[^\"\\\\]|\\\\.)*)\"|`([^`]*)`|(\\d+)|(\\.[\\w.]*)|([a-z]+))(?=\\s|\\||$)");
    private static final List<String> FUNCTIONS = List.of("index", "json", "len");

    /** A piece of the output. */
    private interface Part {
        @Nullable
        Object value(@Nullable Object data);
    }

    private final String option;
    private final List<Part> parts = new ArrayList<>();

    private Template(String option) {
        this.option = option;
    }

    /**
     * Reads a template.
     *
     * @param option where it was written
     * @throws RequestInvalid if something is in braces that is not known here
     */
    static Template parse(String option, String text) {
        Template template = new Template(option);
        Matcher action = ACTION.matcher(text);
        int end = 0;
        boolean trim = false;
        while (action.find()) {
            String before = text.substring(end, action.start());
            template.literal(action.group(1) == null ? before : before.stripTrailing(), trim);
            template.parts.add(template.pipeline(action.group(2)));
            trim = action.group(3) != null;
            end = action.end();
        }
        template.literal(text.substring(end), trim);
        return template;
    }

    private void literal(String text, boolean trim) {
        // shells keep \t and \n as they are written, and users mean what Go's tools make of them
        String meant = (trim ? text.stripLeading() : text).replace("\\t", "\t").replace("\\n", "\n");
        if (meant.contains("{{")) {
            throw refused(meant.substring(meant.indexOf("{{")), "has no end");
        }
        parts.add(data -> meant);
    }

    String render(@Nullable Object data) {
        return parts.stream().map(part -> print(part.value(data))).collect(Collectors.joining());
    }

    private Part pipeline(String action) {
        List<List<Part>> stages = new ArrayList<>(List.of(new ArrayList<>()));
        List<String> names = new ArrayList<>(List.of(""));
        Matcher word = WORD.matcher(action);
        int end = 0;
        while (word.lookingAt()) {
            int last = stages.size() - 1;
            if (word.group(1) != null) {
                stages.add(new ArrayList<>());
                names.add("");
            } else if (word.group(6) != null) {
                if (!FUNCTIONS.contains(word.group(6))
                        || !stages.get(last).isEmpty()
                        || !names.get(last).isEmpty()) {
                    throw refused(action, "has \"" + word.group(6) + "\"");
                }
                names.set(last, word.group(6));
            } else {
                stages.get(last).add(operand(word));
            }
            end = word.end();
            word.region(end, action.length());
        }
        if (end < action.length() || action.isEmpty()) {
            throw refused(action, "is not understood");
        }
        Part made = stage(names.get(0), stages.get(0), action);
        for (int i = 1; i < stages.size(); i++) {
            List<Part> arguments = new ArrayList<>(stages.get(i));
            arguments.add(made); // a pipe hands on the last argument
            made = stage(names.get(i), arguments, action);
        }
        return made;
    }

    private Part operand(Matcher word) {
        if (word.group(5) != null) {
            return field(word.group(5));
        }
        if (word.group(4) != null) {
            BigDecimal number = new BigDecimal(word.group(4));
            return data -> number;
        }
        String text = word.group(2) == null ? word.group(3) : word.group(2).replaceAll("\\\\(.)", "$1");
        return data -> text;
    }

    private Part stage(String function, List<Part> arguments, String action) {
        int wanted = function.equals("index") ? 2 : 1;
        if (arguments.size() < wanted || (arguments.size() > wanted && wanted == 1)) {
            throw refused(action, "has " + arguments.size() + " values where " + wanted + " are meant");
        }
        return switch (function) {
            case "json" -> data -> JsonTree.line(arguments.get(0).value(data));
            case "len" -> data -> length(arguments.get(0).value(data), action);
            case "index" ->
                data -> {
                    Object value = arguments.get(0).value(data);
                    for (Part key : arguments.subList(1, arguments.size())) {
                        value = element(value, key.value(data), action);
                    }
                    return value;
                };
            default -> arguments.get(0);
        };
    }

    private Part field(String path) {
        return data -> {
            Object value = data;
            for (String name : path.substring(1).split("\\.", -1)) {
                if (!name.isEmpty()) {
                    value = member(value, name, path);
                }
            }
            return value;
        };
    }

    private @Nullable Object member(@Nullable Object value, String name, String path) {
        if (value instanceof Map<?, ?> map) {
            if (map.containsKey(name)) {
                return map.get(name);
            }
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (plain(String.valueOf(entry.getKey())).equals(plain(name))) {
                    return entry.getValue();
                }
            }
        }
        throw refused(
                path,
                "has no \"" + name + "\""
                        + (value instanceof Map<?, ?> map && !map.isEmpty()
                                ? " among "
                                        + map.keySet().stream()
                                                .map(String::valueOf)
                                                .collect(Collectors.joining(", "))
                                : ""));
    }

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private @Nullable Object element(@Nullable Object value, @Nullable Object key, String action) {
        if (value instanceof Map<?, ?> map) {
            return map.containsKey(key) ? map.get(key) : "";
        }
        if (value instanceof List<?> list && key instanceof BigDecimal number) {
            if (number.intValue() >= list.size()) {
                throw refused(action, "asks for element " + number + " of " + list.size());
            }
            return list.get(number.intValue());
        }
        throw refused(action, "looks for \"" + key + "\" where there is neither a map nor a list");
    }

    private BigDecimal length(@Nullable Object value, String action) {
        if (value instanceof Map<?, ?> map) {
            return BigDecimal.valueOf(map.size());
        }
        if (value instanceof List<?> list) {
            return BigDecimal.valueOf(list.size());
        }
        if (value instanceof String text) {
            return BigDecimal.valueOf(text.length());
        }
        throw refused(action, "asks for the length of " + print(value));
    }

    /** As Go's {@code fmt.Print} shows it. */
    private static String print(@Nullable Object value) {
        if (value == null) {
            return "<nil>";
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((name, each) -> sorted.put(String.valueOf(name), print(each)));
            return sorted.entrySet().stream()
                    .map(entry -> entry.getKey() + ":" + entry.getValue())
                    .collect(Collectors.joining(" ", "map[", "]"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Template::print).collect(Collectors.joining(" ", "[", "]"));
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    private RequestInvalid refused(String action, String why) {
        return Cli.wrong(
                option + ": \"{{" + action.replace("{{", "") + "}}\" " + why + ".",
                "Fields such as {{.A.B}}, index, json, len and pipes are known, of all that Go's templates have.");
    }
}
