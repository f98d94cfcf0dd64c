package org.jbuildah.engine.oci;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Image configs in JSON. The outer fields are in alphabetical order, as BuildKit and Docker write them (theirs is a map at that
 * point); the fields of {@code config} and of a history line are in the order of their structs.
 *
 * @see <a href="https://github.com/moby/docker-image-spec/blob/main/specs-go/v1/image.go">docker image spec, struct
 *     DockerOCIImage</a>
 */
final class ConfigJson {
    private static final DateTimeFormatter RFC3339_NANO = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true) // without trailing zeros
            .appendLiteral('Z')
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private ConfigJson() {}

    static byte[] write(ImageConfig image) {
        JsonText json = new JsonText().open('{');
        json.field("architecture", image.platform().architecture());
        json.fieldUnlessEmpty("author", image.author());
        container(json.name("config"), image.container());
        if (image.created() != null) {
            json.field("created", time(image.created()));
        }
        json.list("history", image.history(), ConfigJson::line);
        json.field("os", image.platform().os());
        json.name("rootfs").open('{');
        json.field("type", "layers");
        json.list("diff_ids", image.diffIds(), (text, diffId) -> text.value(diffId.toString()));
        json.close('}');
        json.fieldUnlessEmpty("variant", image.platform().variant());
        return json.close('}').bytes();
    }

    private static void container(JsonText json, ContainerConfig config) {
        json.open('{');
        json.fieldUnlessEmpty("User", config.user());
        json.set("ExposedPorts", config.exposedPorts());
        json.strings("Env", config.env());
        json.strings("Entrypoint", orEmpty(config.entrypoint()));
        json.strings("Cmd", orEmpty(config.cmd()));
        json.set("Volumes", config.volumes());
        json.fieldUnlessEmpty("WorkingDir", config.workingDir());
        json.map("Labels", config.labels());
        json.fieldUnlessEmpty("StopSignal", config.stopSignal());
        json.fieldIfTrue("ArgsEscaped", config.argsEscaped());
        if (config.healthcheck() != null) {
            healthcheck(json.name("Healthcheck"), config.healthcheck());
        }
        json.strings("OnBuild", config.onBuild());
        json.strings("Shell", orEmpty(config.shell()));
        json.close('}');
    }

    private static void healthcheck(JsonText json, Healthcheck check) {
        json.open('{');
        json.strings("Test", check.test());
        json.fieldUnlessZero("Interval", check.interval().toNanos());
        json.fieldUnlessZero("Timeout", check.timeout().toNanos());
        json.fieldUnlessZero("StartPeriod", check.startPeriod().toNanos());
        json.fieldUnlessZero("StartInterval", check.startInterval().toNanos());
        json.fieldUnlessZero("Retries", check.retries());
        json.close('}');
    }

    private static void line(JsonText json, History line) {
        json.open('{');
        if (line.created() != null) {
            json.field("created", time(line.created()));
        }
        json.fieldUnlessEmpty("created_by", line.createdBy());
        json.fieldUnlessEmpty("author", line.author());
        json.fieldUnlessEmpty("comment", line.comment());
        json.fieldIfTrue("empty_layer", line.emptyLayer());
        json.close('}');
    }

    /** Go's RFC3339Nano. */
    static String time(Instant instant) {
        return RFC3339_NANO.format(instant);
    }

    private static List<String> orEmpty(@Nullable List<String> list) {
        return list == null ? List.of() : list;
    }

    static ImageConfig read(JsonObjectView json) {
        Platform platform = new Platform(json.string("os"), json.string("architecture"), json.string("variant"));
        JsonObjectView rootfs = json.requiredObject("rootfs");
        JsonObjectView config = json.object("config");
        return new ImageConfig(
                platform,
                json.string("author"),
                json.time("created"),
                config == null ? ContainerConfig.EMPTY : container(config),
                rootfs.strings("diff_ids").stream().map(DiffId::parse).toList(),
                json.objects("history", ConfigJson::line));
    }

    private static ContainerConfig container(JsonObjectView json) {
        JsonObjectView check = json.object("Healthcheck");
        return new ContainerConfig.Builder()
                .user(json.string("User"))
                .exposedPorts(json.keys("ExposedPorts"))
                .env(json.strings("Env"))
                .entrypoint(json.stringsOrNull("Entrypoint"))
                .cmd(json.stringsOrNull("Cmd"))
                .volumes(json.keys("Volumes"))
                .workingDir(json.string("WorkingDir"))
                .labels(json.map("Labels"))
                .stopSignal(json.string("StopSignal"))
                .argsEscaped(json.bool("ArgsEscaped"))
                .healthcheck(check == null ? null : healthcheck(check))
                .onBuild(json.strings("OnBuild"))
                .shell(json.stringsOrNull("Shell"))
                .build();
    }

    private static Healthcheck healthcheck(JsonObjectView json) {
        return new Healthcheck(
                json.strings("Test"),
                Duration.ofNanos(json.number("Interval")),
                Duration.ofNanos(json.number("Timeout")),
                Duration.ofNanos(json.number("StartPeriod")),
                Duration.ofNanos(json.number("StartInterval")),
                Math.toIntExact(json.number("Retries")));
    }

    private static History line(JsonObjectView json) {
        return new History(
                json.time("created"),
                json.string("created_by"),
                json.string("author"),
                json.string("comment"),
                json.bool("empty_layer"));
    }
}
