package org.jbuildah.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jbuildah.engine.api.RequestInvalid;
import org.jbuildah.engine.oci.JsonTree;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    private static final String DATA =
            """
            {"ID": "abc", "size": 12, "rootfs": {"diff_ids": ["a", "b"]}, "ok": true, "none": null,
             "config": {"Labels": {"x.y": "1", "b": "<2>"}, "Env": ["A=1", "B=2"]}}
            """;

    private static String render(String template) {
        return Template.parse("--format", template).render(JsonTree.parse(DATA));
    }

    /** The right sides are what Go prints for such values. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "{{.ID}}~abc",
                "id {{ .ID }}, {{.Size}}~id abc, 12",
                "{{.RootFS.DiffIDs}}~[a b]",
                "{{.Config.Labels}}~map[b:<2> x.y:1]",
                "{{index .Config.Labels \"x.y\"}}~1",
                "{{index .Config.Labels `none`}}~",
                "{{index .Config.Env 1}}~B=2",
                "{{json .Config.Env}}~[\"A=1\",\"B=2\"]",
                "{{.Config.Labels | json}}~{\"x.y\":\"1\",\"b\":\"<2>\"}",
                "{{len .Config.Env}} {{.ok}}~2 true",
                "a  {{- .ID -}}  b~aabcb",
                "{{.ID}}\\t{{.Size}}~abc\t12",
                "plain~plain"
            })
    void showsAsGoDoes(String template, String expected) {
        assertThat(render(template)).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{range .Config.Env}}{{.}}{{end}}",
                "{{.ID",
                "{{}}",
                "{{.Nothing}}",
                "{{.ID.Deep}}",
                "{{index .Config.Env 7}}",
                "{{index .Config.Env}}",
                "{{len 1 2}}",
                "{{printf \"%s\" .ID}}",
                "{{.ID ?}}"
            })
    void whatIsNotKnownIsRefused(String template) {
        assertThatThrownBy(() -> render(template))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("--format");
    }
}
