package org.jbuildah.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.codehaus.plexus.configuration.DefaultPlexusConfiguration;
import org.junit.jupiter.api.Test;

class PropertyNamesTest {
    private static final PropertyNames NAMES = new PropertyNames(
            Set.of("buildah.push", "buildah.pull", "buildah.image", "buildah.doctor.format"), Set.of("buildah.args."));

    @Test
    void aMisspeltPropertyGetsASuggestion() {
        assertThat(NAMES.misspelt(List.of("buildah.psuh", "buildah.doctor.fromat", "buildah.Image")))
                .containsExactly(
                        "-Dbuildah.Image has no effect; did you mean -Dbuildah.image?",
                        "-Dbuildah.doctor.fromat has no effect; did you mean -Dbuildah.doctor.format?",
                        "-Dbuildah.psuh has no effect; did you mean -Dbuildah.push?");
    }

    @Test
    void whatIsRightAndWhatIsTheProjectsOwnIsLeftAlone() {
        assertThat(NAMES.misspelt(List.of("buildah.push", "buildah.args.imagee", "buildah.registry", "imagee")))
                .isEmpty();
    }

    @Test
    void theDescriptorTellsThem() throws Exception {
        MojoDescriptor goal = new MojoDescriptor();
        goal.setGoal("build");
        DefaultPlexusConfiguration configuration = new DefaultPlexusConfiguration("configuration");
        configuration.addChild("push", "${buildah.push}");
        configuration.addChild("project", "${project}");
        goal.setMojoConfiguration(configuration);
        goal.addParameter(parameter("push", "boolean"));
        goal.addParameter(parameter("args", "java.util.Map"));
        PluginDescriptor plugin = new PluginDescriptor();
        plugin.addMojo(goal);

        assertThat(PropertyNames.of(plugin))
                .isEqualTo(new PropertyNames(Set.of("buildah.push"), Set.of("buildah.args.")));
    }

    private static Parameter parameter(String name, String type) {
        Parameter parameter = new Parameter();
        parameter.setName(name);
        parameter.setType(type);
        return parameter;
    }
}
