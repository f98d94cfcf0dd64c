package org.jbuildah.engine.oci;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Any JSON document, to be looked at and shown: maps and lists that keep their order, strings, numbers, booleans, and null.
 *
 * <p>It is no way to read what this program acts upon; {@link Json} is.
 */
public final class JsonTree {
    private static final String INDENT = "    "; // as Go's tools for containers have it

    private static final Gson GSON =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    private JsonTree() {}

    /** @throws IllegalArgumentException if it is no JSON */
    public static @Nullable Object parse(String json) {
        try {
            return tree(JsonParser.parseString(json));
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("this is no JSON: " + JsonObjectView.complaint(e), e);
        }
    }

    private static @Nullable Object tree(JsonElement element) {
        if (element instanceof JsonObject object) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            object.entrySet().forEach(entry -> map.put(entry.getKey(), tree(entry.getValue())));
            return map;
        }
        if (element instanceof JsonArray array) {
            List<@Nullable Object> list = new ArrayList<>();
            array.forEach(each -> list.add(tree(each)));
            return list;
        }
        if (element instanceof JsonPrimitive primitive) {
            return primitive.isString()
                    ? primitive.getAsString()
                    : primitive.isBoolean() ? (Object) primitive.getAsBoolean() : primitive.getAsBigDecimal();
        }
        return null;
    }

    /** On several lines, for people. */
    public static String shown(@Nullable Object tree) {
        return text(tree, INDENT);
    }

    /** On one line. */
    public static String line(@Nullable Object tree) {
        return text(tree, "");
    }

    private static String text(@Nullable Object tree, String indent) {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = new JsonWriter(text)) {
            writer.setIndent(indent);
            GSON.toJson(element(tree), writer);
        } catch (IOException e) {
            throw new UncheckedIOException("memory", e);
        }
        return text.toString();
    }

    private static JsonElement element(@Nullable Object tree) {
        if (tree == null) {
            return JsonNull.INSTANCE;
        }
        if (tree instanceof Map<?, ?> map) {
            JsonObject object = new JsonObject();
            map.forEach((name, value) -> object.add(String.valueOf(name), element(value)));
            return object;
        }
        if (tree instanceof List<?> list) {
            JsonArray array = new JsonArray();
            list.forEach(each -> array.add(element(each)));
            return array;
        }
        if (tree instanceof Number number) {
            return new JsonPrimitive(number);
        }
        return tree instanceof Boolean bool ? new JsonPrimitive(bool) : new JsonPrimitive(tree.toString());
    }
}
