package org.jbuildah.engine.cli;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jbuildah.engine.api.Output;

/** The value of {@code --output}: {@code type=oci,dest=PATH[,name=TAG]}; a bare path is a directory for files, {@code -} a tar on standard output. */
final class OutputOption {
    private OutputOption() {}

    /** @param standardOutput takes the tar that is to go to {@code -} */
    static Output parse(String value, OutputStream standardOutput) {
        if (value.equals("-")) {
            return new Output.TarStream(standardOutput);
        }
        if (!value.isEmpty() && !value.contains("=") && !value.contains(",")) {
            return new Output.Local(Path.of(value));
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : value.split(",", -1)) {
            int equals = field.indexOf('=');
            if (equals <= 0) {
                throw wrong(value, "\"" + field + "\" is not KEY=VALUE");
            }
            fields.put(field.substring(0, equals), field.substring(equals + 1));
        }
        String type = fields.getOrDefault("type", "");
        String destination = fields.getOrDefault("dest", "");
        String tag = fields.getOrDefault("name", "");
        for (String key : fields.keySet()) {
            if (!key.equals("type") && !key.equals("dest") && !key.equals("name")) {
                throw wrong(value, "\"" + key + "\" is not known");
            }
        }
        if (destination.isEmpty()) {
            throw wrong(value, "dest= is missing");
        }
        Path path = Path.of(destination);
        return switch (type) {
            case "oci" -> new Output.OciLayout(path, tag);
            case "oci-archive" -> new Output.OciArchive(path, tag);
            case "docker", "docker-archive" -> new Output.DockerArchive(path, tag);
            case "local" -> new Output.Local(path);
            case "tar" -> destination.equals("-") ? new Output.TarStream(standardOutput) : new Output.Tar(path);
            case "image", "registry", "cacheonly" -> throw wrong(value, "type \"" + type + "\" is not there yet");
            case "" -> throw wrong(value, "type= is missing");
            default -> throw wrong(value, "type \"" + type + "\" is not known");
        };
    }

    private static RuntimeException wrong(String value, String why) {
        return Cli.wrong(
                "--output " + value + ": " + why + ".",
                "Write type=TYPE,dest=PATH: oci and local make a directory, oci-archive, docker-archive and tar a file.");
    }
}
