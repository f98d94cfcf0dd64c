package org.jbuildah.engine.lint;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.CheckReport;
import org.jbuildah.engine.api.CheckWarning;
import org.jbuildah.engine.api.SourceSpan;
import org.jbuildah.engine.api.SourceText;
import org.jbuildah.engine.oci.JsonText;

/**
 * The shape of BuildKit's lint request: {@code version}, {@code warnings}, {@code sources} and, where a build would fail,
 * {@code buildError}. Lines count from 1; columns are not given.
 *
 * @see <a href="https://docs.docker.com/reference/cli/docker/buildx/build/#call-check">docker buildx build --call=check</a>
 */
final class JsonReport {
    private static final String VERSION = "1.0.0";

    private final JsonText json = new JsonText();

    private JsonReport() {}

    static String write(CheckReport report) {
        JsonReport writer = new JsonReport();
        writer.report(report);
        return new String(writer.json.bytes(), StandardCharsets.UTF_8) + "\n";
    }

    private void report(CheckReport report) {
        json.open('{');
        json.field("version", VERSION);
        json.list("warnings", report.warnings(), (each, warning) -> warning(warning));
        json.list("sources", List.of(report.source()), (each, source) -> source(source));
        report.failure().ifPresent(this::failure);
        json.close('}');
    }

    private void warning(CheckWarning warning) {
        json.open('{');
        json.field("ruleName", warning.rule());
        json.field("description", warning.description());
        json.field("url", warning.url());
        json.field("detail", warning.detail());
        location(Optional.of(warning.place()));
        json.close('}');
    }

    private void location(Optional<SourceSpan> place) {
        json.name("location").open('{');
        json.list("ranges", place.stream().toList(), (each, span) -> {
            json.open('{');
            position("start", span.firstLine());
            position("end", span.lastLine());
            json.close('}');
        });
        json.close('}');
    }

    private void position(String name, int line) {
        json.name(name).open('{');
        json.field("line", line);
        json.close('}');
    }

    private void source(SourceText source) {
        String text = String.join("\n", source.lines()) + "\n";
        json.open('{');
        json.field("filename", source.name());
        json.field("language", "Dockerfile");
        json.field("data", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        json.close('}');
    }

    private void failure(BuildException failure) {
        json.name("buildError").open('{');
        json.field("message", failure.what());
        location(failure.where());
        json.close('}');
    }
}
