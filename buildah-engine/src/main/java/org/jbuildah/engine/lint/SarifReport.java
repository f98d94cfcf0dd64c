package org.jbuildah.engine.lint;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.CheckReport;
import org.jbuildah.engine.api.CheckWarning;
import org.jbuildah.engine.api.SourceSpan;
import org.jbuildah.engine.oci.JsonText;

/**
 * One run of one tool: all rules that it has, one result a warning, and one more where a build would fail.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
final class SarifReport {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    /** A failure's rule, of which its code is the finding. */
    private static final String BUILD_ERROR = "BuildError";

    private final JsonText json = new JsonText();
    private final Path root;

    private SarifReport(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    static String write(CheckReport report, Path root) {
        SarifReport writer = new SarifReport(root);
        writer.log(report);
        return new String(writer.json.bytes(), StandardCharsets.UTF_8) + "\n";
    }

    private void log(CheckReport report) {
        json.open('{');
        json.field("$schema", SCHEMA);
        json.field("version", "2.1.0");
        json.list("runs", List.of(report), (each, run) -> run(run));
        json.close('}');
    }

    private void run(CheckReport report) {
        json.open('{');
        json.name("tool").open('{').name("driver").open('{');
        json.field("name", "jbuildah");
        json.field("informationUri", CheckWarning.MANUAL);
        List<RuleRow> rules = rules(report.failure());
        json.list("rules", rules, (each, rule) -> rule(rule));
        json.close('}').close('}');
        json.name("results").open('[');
        report.warnings()
                .forEach(warning -> result(
                        indexOf(warning.rule()),
                        warning.rule(),
                        "warning",
                        warning.detail(),
                        Optional.of(warning.place())));
        report.failure()
                .ifPresent(failure -> result(
                        rules.size() - 1,
                        BUILD_ERROR,
                        "error",
                        (failure.what() + " " + failure.remedy()).strip(),
                        Optional.of(failure.where().orElse(new SourceSpan(report.source(), 1, 1)))));
        json.close(']');
        json.close('}');
    }

    private record RuleRow(String id, String description, String url, String level) {}

    private static List<RuleRow> rules(Optional<BuildException> failure) {
        List<RuleRow> rows = new ArrayList<>();
        for (Rule rule : Rules.ALL) {
            rows.add(new RuleRow(rule.name(), rule.description(), CheckWarning.MANUAL + "#" + rule.name(), "warning"));
        }
        failure.ifPresent(error -> rows.add(new RuleRow(
                BUILD_ERROR, "The Dockerfile can be built.", CheckWarning.MANUAL + "#" + BUILD_ERROR, "error")));
        return rows;
    }

    private static int indexOf(String rule) {
        return Rules.ALL.stream().map(Rule::name).toList().indexOf(rule);
    }

    private void rule(RuleRow rule) {
        json.open('{');
        json.field("id", rule.id());
        json.name("shortDescription");
        text(rule.description());
        json.field("helpUri", rule.url());
        json.name("defaultConfiguration").open('{');
        json.field("level", rule.level());
        json.close('}');
        json.close('}');
    }

    private void result(int ruleIndex, String ruleId, String level, String message, Optional<SourceSpan> place) {
        json.element().open('{');
        json.field("ruleId", ruleId);
        json.field("ruleIndex", ruleIndex);
        json.field("level", level);
        json.name("message");
        text(message);
        json.list("locations", place.stream().toList(), (each, span) -> location(span));
        json.close('}');
    }

    private void text(String text) {
        json.open('{');
        json.field("text", text);
        json.close('}');
    }

    private void location(SourceSpan span) {
        json.open('{').name("physicalLocation").open('{');
        json.name("artifactLocation").open('{');
        json.field("uri", uri(span.file()));
        json.close('}');
        json.name("region").open('{');
        json.field("startLine", span.firstLineInFile());
        json.field("endLine", span.lastLineInFile());
        json.close('}');
        json.close('}').close('}');
    }

    /** Relative to the root for a file below it, which is how code hosts find it; else with its scheme. */
    private String uri(String name) {
        Path file = Path.of(name).toAbsolutePath().normalize();
        String absolute = file.toUri().toString();
        String base = root.toUri().toString();
        String below = base.endsWith("/") ? base : base + "/";
        return absolute.startsWith(below) ? absolute.substring(below.length()) : absolute;
    }
}
