package org.jbuildah.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jbuildah.engine.oci.JsonTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts do with images once they are built: list, look at, name, push, remove. */
class ImageCommandsTest {
    @TempDir
    private Path folder;

    private String id = "";
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void buildAnImage() throws IOException {
        Path context = Files.createDirectories(folder.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nENV A=1 B=2\nLABEL x.y=z\nCOPY Dockerfile /\n");
        id = good("build", "-t", "shop:1", context.toString()).strip();
    }

    private int run(ByteArrayOutputStream out, String... words) {
        List<String> all =
                new ArrayList<>(List.of("--root", folder.resolve("store").toString()));
        all.addAll(List.of(words));
        err.reset();
        return Cli.run(
                all.toArray(String[]::new),
                new Cli.Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of("HOME", folder.toString())));
    }

    private String good(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = run(out, words);
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private String bad(String... words) {
        assertThat(run(new ByteArrayOutputStream(), words)).isEqualTo(1);
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aListHasBuildahsColumnsAndForms() {
        List<String> table = good("images").lines().toList();
        assertThat(table.get(0)).matches("REPOSITORY +TAG +IMAGE ID +CREATED +SIZE +PLATFORM");
        assertThat(table.get(1)).matches("localhost/shop +1 +" + id.substring(0, 12) + " +.*");

        good("tag", "shop:1", "shop:2");
        assertThat(good("images", "-q")).isEqualTo(id.substring(0, 12) + "\n");
        assertThat(good("images", "-q", "--no-trunc")).isEqualTo("sha256:" + id + "\n");
        assertThat(good("images", "-n", "shop:2").lines()).hasSize(1);
        assertThat(good("images", "-n", "localhost/shop").lines()).hasSize(2);
        assertThat(good("images", "--format", "{{.Name}}:{{.Tag}}={{.ID}}", "shop:1"))
                .isEqualTo("localhost/shop:1=" + id.substring(0, 12) + "\n");
        assertThat(bad("images", "none")).contains("[IMAGE_NOT_FOUND]");
        assertThat(bad("images", "--json", "-q")).contains("ask for different things");
    }

    @Test
    void jsonHasAnImageOnceWithAllItsNames() {
        good("tag", "shop:1", "reg.example.org/a/b");

        Object list = JsonTree.parse(good("images", "--json"));

        assertThat(list)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("id", id.substring(0, 12))
                .containsEntry("names", List.of("localhost/shop:1", "reg.example.org/a/b:latest"))
                .containsKeys("digest", "createdat", "size", "created", "createdatraw");
    }

    @Test
    void anImageIsNamedByNameByIdAndByTheBeginningOfOne() {
        good("tag", id.substring(0, 12), "two", "reg.example.org/three:3");
        good("tag", "sha256:" + id, "four");

        assertThat(good("images", "-n", "--format", "{{.Name}} {{.Digest}}")
                        .lines()
                        .map(line -> line.replaceFirst(".* ", ""))
                        .distinct())
                .hasSize(1);
        assertThat(good("images", "-n").lines()).hasSize(4);
        assertThat(bad("tag", "none", "x")).contains("There is no image \"none\" in the store");
        assertThat(bad("tag", "shop:1", "UPPER")).contains("[REFERENCE_INVALID]");
    }

    @Test
    void anImageWithoutANameCanBeGivenOne() throws IOException {
        Files.writeString(folder.resolve("context/Dockerfile"), "FROM scratch\nLABEL other=1\nCOPY Dockerfile /\n");
        String unnamed = good("build", folder.resolve("context").toString()).strip();

        assertThat(good("images", "-q")).doesNotContain(unnamed.substring(0, 12));
        good("push", "-q", unnamed, "docker-archive:" + folder.resolve("unnamed.tar"));
        assertThat(folder.resolve("unnamed.tar")).isNotEmptyFile();
        assertThat(bad("inspect", unnamed)).contains("built without -t", "tag gives it a name");
        assertThat(bad("push", unnamed.substring(0, 12), "oci:" + folder.resolve("layout")))
                .contains("push and tag take its whole id");
        assertThat(bad("rmi", unnamed)).contains("has no name to take away", "the next prune");
        good("tag", unnamed, "late");
        assertThat(good("images", "-q", "late")).isEqualTo(unnamed.substring(0, 12) + "\n");
    }

    @Test
    void aNameGoesAloneAndTheLastTakesTheImageWithIt() {
        good("tag", "shop:1", "shop:2", "shop:3");

        assertThat(good("rmi", "shop:1")).isEqualTo("untagged: localhost/shop:1\n");
        assertThat(bad("rmi", id)).contains("has 2 names: localhost/shop:2, localhost/shop:3", "--force");
        assertThat(bad("rmi", "none", "shop:2")).contains("There is no image \"none\"");
        assertThat(good("rmi", id.substring(0, 5))).isEqualTo("untagged: localhost/shop:3\n" + id + "\n");
        assertThat(good("images", "-n")).isEmpty();
        assertThat(bad("rmi")).contains("No image is named");
        good("build", "-t", "shop:1", "-t", "shop:2", folder.resolve("context").toString());
        good("rmi", "--all");
        assertThat(good("images", "-n")).isEmpty();
        good("prune", "--all");
        assertThat(folder.resolve("store/blobs/sha256/" + id)).doesNotExist();
    }

    @Test
    void theImagesOfAnIndexAreLookedAtByTheirIdsAndGoWithIt() throws IOException {
        Files.writeString(folder.resolve("context/Dockerfile"), "FROM scratch\nLABEL other=1\nCOPY Dockerfile /\n");
        good(
                "build",
                "--platform",
                "linux/amd64/v1,linux/arm64",
                "-t",
                "both:1",
                folder.resolve("context").toString());
        List<String> ids = good("images", "-q", "both").lines().toList();

        assertThat(ids).hasSize(2);
        for (String one : ids) {
            assertThat(good("inspect", "--format", "{{.FromImage}} {{.FromImageID}}", one))
                    .startsWith("localhost/both:1 " + one);
            assertThat(bad("rmi", one)).contains("it belongs to the index localhost/both:1");
        }
        good("rmi", "both:1");
        assertThat(bad("images", "both")).contains("There is no image \"both\"");
    }

    @Test
    void whatAnImageSaysIsShownWholeOrInParts() {
        assertThat(good("inspect", "shop:1")).contains("\"FromImageID\": \"" + id + "\"", "\"x.y\": \"z\"");
        assertThat(good("inspect", "-f", "{{.OCIv1.Config.Env}} {{.Docker.Config.Cmd}}", "--type", "image", "shop:1"))
                .isEqualTo("[PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin A=1 B=2] []\n");
        assertThat(good("inspect", "--format", "{{index .OCIv1.Config.Labels \"x.y\"}}{{.OCIv1.Config.User}}", id))
                .isEqualTo("z\n");
        assertThat(good("inspect", "--format", "{{.FromImageDigest}}", "shop:1").strip())
                .isEqualTo(good("images", "--format", "{{.Digest}}").strip());
        assertThat(bad("inspect", "none")).contains("[IMAGE_NOT_FOUND]");
        assertThat(bad("inspect", "--type", "container", "shop:1")).contains("--type image");
    }

    @Test
    void aNameThatIsNearlyRightGetsASuggestion() {
        assertThat(bad("push", "shop", "oci:" + folder.resolve("layout"))).contains("Did you mean \"shop:1\"?");
        assertThat(bad("tag", "shpo:1", "x")).contains("Did you mean \"shop:1\"?");
    }

    @Test
    void aPushWritesItsDigestDown() throws IOException {
        Path file = folder.resolve("digest");

        String printed =
                good("push", "-q", "--digestfile", file.toString(), "shop:1", "oci:" + folder.resolve("layout"));

        assertThat(printed).isEqualTo(Files.readString(file) + "\n").startsWith("sha256:");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(bad("push", "--digestfile", folder.resolve("no/file").toString(), "shop:1", "oci:" + folder))
                .contains("[OUTPUT_UNWRITABLE]", "--digestfile");
    }
}
