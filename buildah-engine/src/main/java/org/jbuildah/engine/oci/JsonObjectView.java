package org.jbuildah.engine.oci;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that is asked for fields of a known type. Unknown fields are ignored, {@code null} is an absent field, a field of
 * another type is an {@link IllegalArgumentException} that names it.
 */
public final class JsonObjectView {
    private static final String ADVICE = "Use JsonReader.setStrictness(Strictness.LENIENT) to accept ";

    private final String where;
    private final JsonObject object;

    private JsonObjectView(String where, JsonObject object) {
        this.where = where;
        this.object = object;
    }

    public static JsonObjectView parse(String what, byte[] json) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
            JsonReader reader = new JsonReader(new StringReader(text));
            reader.setStrictness(Strictness.STRICT);
            JsonElement root = JsonParser.parseReader(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) { // strict readers throw first
                throw new IllegalArgumentException(what + " has text after its end");
            }
            if (!root.isJsonObject()) {
                throw new IllegalArgumentException(what + " is not a JSON object");
            }
            return new JsonObjectView(what, root.getAsJsonObject());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(what + " is not UTF-8 text", e);
        } catch (IOException | JsonParseException e) {
            throw new IllegalArgumentException(what + " is not JSON: " + complaint(e), e);
        }
    }

    /** What the parser found, without its advice to programmers and without the name of its exception. */
    public static String complaint(Exception ofTheParser) {
        Throwable cause = ofTheParser.getCause() == null ? ofTheParser : ofTheParser.getCause();
        String line = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return line.startsWith(ADVICE) ? line.substring(ADVICE.length()) : line;
    }

    boolean has(String name) {
        return element(name) != null;
    }

    public String string(String name) {
        JsonElement value = element(name);
        return value == null ? "" : string(name, value);
    }

    public String requiredString(String name) {
        return string(name, required(name));
    }

    public long number(String name) {
        JsonElement value = element(name);
        return value == null ? 0 : number(name, value);
    }

    public long requiredNumber(String name) {
        return number(name, required(name));
    }

    boolean bool(String name) {
        JsonElement value = element(name);
        if (value == null) {
            return false;
        }
        if (value instanceof JsonPrimitive primitive && primitive.isBoolean()) {
            return primitive.getAsBoolean();
        }
        throw wrong(name, "true or false", value);
    }

    @Nullable
    Instant time(String name) {
        JsonElement value = element(name);
        if (value == null) {
            return null;
        }
        String text = string(name, value);
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(place(name) + " is \"" + text + "\", which is no RFC 3339 time", e);
        }
    }

    /** Null when the field is absent. */
    @Nullable
    List<String> stringsOrNull(String name) {
        JsonElement value = element(name);
        if (value == null) {
            return null;
        }
        List<String> strings = new ArrayList<>();
        for (JsonElement each : array(name, value)) {
            strings.add(string(name + "[" + strings.size() + "]", each));
        }
        return strings;
    }

    public List<String> strings(String name) {
        List<String> strings = stringsOrNull(name);
        return strings == null ? List.of() : strings;
    }

    <T> List<T> objects(String name, Function<JsonObjectView, T> each) {
        JsonElement value = element(name);
        List<T> parsed = new ArrayList<>();
        if (value != null) {
            for (JsonElement one : array(name, value)) {
                parsed.add(each.apply(view(name + "[" + parsed.size() + "]", one)));
            }
        }
        return parsed;
    }

    /** Null when the field is absent. */
    @Nullable
    JsonObjectView object(String name) {
        JsonElement value = element(name);
        return value == null ? null : view(name, value);
    }

    JsonObjectView requiredObject(String name) {
        return view(name, required(name));
    }

    /** The keys of a Go set. */
    SortedSet<String> keys(String name) {
        JsonObjectView value = object(name);
        return value == null ? new TreeSet<>() : new TreeSet<>(value.object.keySet());
    }

    SortedMap<String, String> map(String name) {
        SortedMap<String, String> map = new TreeMap<>();
        JsonObjectView value = object(name);
        if (value != null) {
            value.object.keySet().forEach(key -> map.put(key, value.string(key)));
        }
        return map;
    }

    public <T> T parsed(String name, Function<String, T> parser) {
        try {
            return parser.apply(requiredString(name));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place(name) + ": " + e.getMessage(), e);
        }
    }

    private @Nullable JsonElement element(String name) {
        JsonElement value = object.get(name);
        return value == null || value.isJsonNull() ? null : value;
    }

    private JsonElement required(String name) {
        JsonElement value = element(name);
        if (value == null) {
            throw new IllegalArgumentException(place(name) + " is missing");
        }
        return value;
    }

    private String string(String name, JsonElement value) {
        if (value instanceof JsonPrimitive primitive && primitive.isString()) {
            return primitive.getAsString();
        }
        throw wrong(name, "a string", value);
    }

    private long number(String name, JsonElement value) {
        if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
            try {
                return new BigDecimal(primitive.getAsString()).longValueExact();
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException(place(name) + " is " + value + ", which is no 64-bit integer", e);
            }
        }
        throw wrong(name, "a number", value);
    }

    private JsonArray array(String name, JsonElement value) {
        if (value.isJsonArray()) {
            return value.getAsJsonArray();
        }
        throw wrong(name, "a list", value);
    }

    private JsonObjectView view(String name, JsonElement value) {
        if (value.isJsonObject()) {
            return new JsonObjectView(place(name), value.getAsJsonObject());
        }
        throw wrong(name, "an object", value);
    }

    private String place(String name) {
        return where + "." + name;
    }

    private IllegalArgumentException wrong(String name, String expected, JsonElement value) {
        String is = value.isJsonObject()
                ? "an object"
                : value.isJsonArray() ? "a list" : value.isJsonNull() ? "null" : value.toString();
        return new IllegalArgumentException(place(name) + " must be " + expected + ", and is " + is);
    }
}
