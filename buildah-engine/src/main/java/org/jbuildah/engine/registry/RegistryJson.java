package org.jbuildah.engine.registry;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jbuildah.engine.http.BodyStream;
import org.jbuildah.engine.http.HttpAnswer;
import org.jbuildah.engine.oci.JsonObjectView;
import org.jspecify.annotations.Nullable;

/** The small JSON documents around images: errors, tokens, tag lists, credential files. Images themselves are {@code oci}'s. */
final class RegistryJson {
    private static final int ERROR_TEXT_LIMIT = 64 * 1024;

    private RegistryJson() {}

    /** What the registry says about a failure: {@code HTTP 404 (MANIFEST_UNKNOWN: manifest unknown)}. Reads the body. */
    static String complaint(HttpAnswer answer) {
        String said;
        try (BodyStream body = answer.body()) {
            said = errors(body.readNBytes(ERROR_TEXT_LIMIT));
        } catch (IOException e) {
            said = ""; // the status alone must do
        }
        return "HTTP " + answer.status() + (said.isEmpty() ? "" : " (" + said + ")");
    }

    /** @throws IOException if it is not a JSON object */
    static JsonObject object(byte[] json) throws IOException {
        try {
            JsonElement element = JsonParser.parseString(new String(json, StandardCharsets.UTF_8));
            if (element.isJsonObject()) {
                return element.getAsJsonObject();
            }
            throw new IOException("not a JSON object");
        } catch (JsonParseException e) {
            throw new IOException("not JSON: " + JsonObjectView.complaint(e), e);
        }
    }

    static Optional<String> string(JsonObject object, String name) {
        return object.get(name) instanceof JsonPrimitive value && value.isString()
                ? Optional.of(value.getAsString()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    static Optional<Long> number(JsonObject object, String name) {
        try {
            return object.get(name) instanceof JsonPrimitive value && value.isNumber()
                    ? Optional.of(value.getAsLong())
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty(); // as if it were not there
        }
    }

    static List<String> strings(JsonObject object, String name) {
        List<String> strings = new ArrayList<>();
        if (object.get(name) instanceof JsonArray list) {
            for (JsonElement element : list) {
                if (element instanceof JsonPrimitive value && value.isString()) {
                    strings.add(value.getAsString());
                }
            }
        }
        return strings;
    }

    /** The entries of an object member that are objects themselves, in order. */
    static Map<String, JsonObject> objects(JsonObject object, String name) {
        Map<String, JsonObject> objects = new LinkedHashMap<>();
        if (object.get(name) instanceof JsonObject member) {
            for (Map.Entry<String, JsonElement> entry : member.entrySet()) {
                if (entry.getValue() instanceof JsonObject value) {
                    objects.put(entry.getKey(), value);
                }
            }
        }
        return objects;
    }

    /** The entries of an object member that are strings, in order. */
    static Map<String, String> texts(JsonObject object, String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (object.get(name) instanceof JsonObject member) {
            for (String key : member.keySet()) {
                string(member, key).ifPresent(value -> texts.put(key, value));
            }
        }
        return texts;
    }

    /**
     * The errors of a failed answer as one line, such as {@code NAME_UNKNOWN: repository name not known to registry}; empty if there is
     * nothing to be read.
     *
     * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes">distribution-spec: error codes</a>
     */
    static String errors(byte[] body) {
        JsonObject document;
        try {
            document = object(body);
        } catch (IOException e) {
            return ""; // a proxy's HTML page, or nothing at all: no help to anyone
        }
        List<String> said = new ArrayList<>();
        if (document.get("errors") instanceof JsonArray errors) {
            for (JsonElement error : errors) {
                said.add(errorLine(error));
            }
        } else {
            string(document, "details").or(() -> string(document, "message")).ifPresent(said::add);
        }
        said.removeIf(String::isEmpty);
        return String.join("; ", said);
    }

    private static String errorLine(@Nullable JsonElement error) {
        if (!(error instanceof JsonObject object)) {
            return "";
        }
        String code = string(object, "code").orElse("");
        String message = string(object, "message").orElse("");
        return code.isEmpty() || message.isEmpty() ? code + message : code + ": " + message;
    }
}
