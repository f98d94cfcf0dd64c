package org.jbuildah.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.junit.jupiter.api.Test;

class ElementNamesTest {
    @Test
    void aMisspeltElementGetsASuggestionAndAForeignOneIsTold() {
        assertThat(new ElementNames(Set.of("image", "push")).misspelt(List.of("push", "imagee", "Image", "shade")))
                .containsExactly(
                        "<Image> in the plugin's <configuration> has no effect; did you mean <image>?",
                        "<imagee> in the plugin's <configuration> has no effect; did you mean <image>?",
                        "<shade> in the plugin's <configuration> has no effect: it has no such parameter.");
    }

    @Test
    void theDescriptorTellsThemOfAllGoals() throws Exception {
        PluginDescriptor plugin = new PluginDescriptor();
        plugin.addMojo(goal("build", parameter("image", true), parameter("project", false)));
        plugin.addMojo(goal("doctor", parameter("format", true)));

        assertThat(ElementNames.of(plugin)).isEqualTo(new ElementNames(Set.of("image", "format")));
    }

    private static MojoDescriptor goal(String name, Parameter... parameters) throws Exception {
        MojoDescriptor goal = new MojoDescriptor();
        goal.setGoal(name);
        for (Parameter parameter : parameters) {
            goal.addParameter(parameter);
        }
        return goal;
    }

    private static Parameter parameter(String name, boolean editable) {
        Parameter parameter = new Parameter();
        parameter.setName(name);
        parameter.setEditable(editable);
        return parameter;
    }
}
