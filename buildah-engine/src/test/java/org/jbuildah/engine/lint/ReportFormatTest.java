package org.jbuildah.engine.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jbuildah.engine.api.CheckReport;
import org.jbuildah.engine.api.CheckWarning;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.SourceSpan;
import org.jbuildah.engine.api.SourceText;
import org.junit.jupiter.api.Test;

class ReportFormatTest {
    private static final Path ROOT = Path.of("/work place");
    private static final SourceText FILE =
            SourceText.of("/work place/docker/Dockerfile", "FROM scratch as a\nCMD \\\n  x\n");
    private static final CheckWarning CASING =
            new CheckWarning("FromAsCasing", "FROM and AS.", "Write \"AS\".", new SourceSpan(FILE, 1, 1));
    private static final CheckWarning JSON_ARGS =
            new CheckWarning("JSONArgsRecommended", "As JSON.", "Write JSON.", new SourceSpan(FILE, 2, 3));
    private static final CheckReport WARNED = new CheckReport(FILE, List.of(CASING, JSON_ARGS), null);
    private static final CheckReport FAILED = new CheckReport(
            FILE,
            List.of(CASING),
            new DockerfileInvalid(FailureCode.STAGE_CYCLE, "It goes round.", "Cut it.").at(new SourceSpan(FILE, 2, 3)));

    private static JsonObject json(ReportFormat format, CheckReport report) {
        return JsonParser.parseString(format.write(report, ROOT)).getAsJsonObject();
    }

    @Test
    void aTextQuotesEachLine() {
        assertThat(ReportFormat.TEXT.write(WARNED, ROOT))
                .startsWith("/work place/docker/Dockerfile:1: Write \"AS\". [FromAsCasing]\n"
                        + "  > 1 | FROM scratch as a\n"
                        + "    2 | CMD \\\n"
                        + "  " + CheckWarning.MANUAL + "#FromAsCasing\n\n"
                        + "/work place/docker/Dockerfile:2: Write JSON. [JSONArgsRecommended]\n");
        assertThat(ReportFormat.TEXT.write(FAILED, ROOT)).endsWith("  Cut it.\n");
    }

    @Test
    void jsonHasTheShapeOfBuildKits() {
        JsonObject report = json(ReportFormat.JSON, WARNED);
        JsonObject warning = report.getAsJsonArray("warnings").get(1).getAsJsonObject();
        JsonObject source = report.getAsJsonArray("sources").get(0).getAsJsonObject();

        assertThat(report.get("version").getAsString()).isEqualTo("1.0.0");
        assertThat(warning.keySet()).containsExactly("ruleName", "description", "url", "detail", "location");
        assertThat(warning.get("ruleName").getAsString()).isEqualTo("JSONArgsRecommended");
        assertThat(warning.get("location")).hasToString("{\"ranges\":[{\"start\":{\"line\":2},\"end\":{\"line\":3}}]}");
        assertThat(source.get("filename").getAsString()).isEqualTo(FILE.name());
        assertThat(Base64.getDecoder().decode(source.get("data").getAsString()))
                .isEqualTo("FROM scratch as a\nCMD \\\n  x\n".getBytes(StandardCharsets.UTF_8));
        assertThat(report.has("buildError")).isFalse();
    }

    @Test
    void jsonTellsWhyABuildWouldFail() {
        JsonObject error = json(ReportFormat.JSON, FAILED).getAsJsonObject("buildError");

        assertThat(error.get("message").getAsString()).isEqualTo("It goes round.");
        assertThat(error.get("location")).hasToString("{\"ranges\":[{\"start\":{\"line\":2},\"end\":{\"line\":3}}]}");
    }

    @Test
    void sarifHasEveryRuleAndOneResultAWarning() {
        JsonObject log = json(ReportFormat.SARIF, WARNED);
        JsonObject run = log.getAsJsonArray("runs").get(0).getAsJsonObject();
        JsonArray rules = run.getAsJsonObject("tool").getAsJsonObject("driver").getAsJsonArray("rules");
        JsonArray results = run.getAsJsonArray("results");

        assertThat(log.get("version").getAsString()).isEqualTo("2.1.0");
        assertThat(rules)
                .extracting(rule -> rule.getAsJsonObject().get("id").getAsString())
                .isEqualTo(Rules.ALL.stream().map(Rule::name).toList());
        assertThat(results).hasSize(2).allSatisfy(result -> assertPointsToItsRule(result, rules));
        assertThat(place(results.get(1)))
                .hasToString("{\"artifactLocation\":{\"uri\":\"docker/Dockerfile\"},"
                        + "\"region\":{\"startLine\":2,\"endLine\":3}}");
    }

    @Test
    void sarifTellsAFailureAsAnError() {
        JsonObject run =
                json(ReportFormat.SARIF, FAILED).getAsJsonArray("runs").get(0).getAsJsonObject();
        JsonArray rules = run.getAsJsonObject("tool").getAsJsonObject("driver").getAsJsonArray("rules");
        JsonObject last = run.getAsJsonArray("results").get(1).getAsJsonObject();

        assertPointsToItsRule(last, rules);
        assertThat(last.get("level").getAsString()).isEqualTo("error");
        assertThat(last.getAsJsonObject("message").get("text").getAsString()).isEqualTo("It goes round. Cut it.");
    }

    @Test
    void sarifNamesAFileElsewhereByItsUri() {
        String report = ReportFormat.SARIF.write(WARNED, Path.of("/else where"));

        assertThat(report).contains("\"uri\":\"file:///work%20place/docker/Dockerfile\"");
    }

    private static void assertPointsToItsRule(JsonElement result, JsonArray rules) {
        int index = result.getAsJsonObject().get("ruleIndex").getAsInt();
        assertThat(rules.get(index).getAsJsonObject().get("id"))
                .isEqualTo(result.getAsJsonObject().get("ruleId"));
    }

    private static JsonElement place(JsonElement result) {
        return result.getAsJsonObject()
                .getAsJsonArray("locations")
                .get(0)
                .getAsJsonObject()
                .get("physicalLocation");
    }
}
