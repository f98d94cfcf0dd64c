package org.jbuildah.engine.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jbuildah.engine.api.SecretSource;
import org.jbuildah.engine.api.StepFailed;
import org.jbuildah.engine.api.Volume;
import org.jbuildah.engine.layer.EntryName;
import org.jbuildah.engine.oci.ImageConfig;
import org.jbuildah.engine.rootfs.Access;
import org.jbuildah.engine.rootfs.CacheSharing;
import org.jbuildah.engine.rootfs.MountSpec;
import org.jbuildah.engine.rootfs.ProcessSpec;
import org.jbuildah.engine.tree.ImageTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunMountsTest {
    @TempDir
    private Path folder;

    private TestBuild build;

    @BeforeEach
    void open() throws IOException {
        build = new TestBuild(folder);
    }

    @AfterEach
    void close() {
        build.close();
    }

    // ---- bind

    @Test
    void aBindShowsWhatTheIgnoreFileLeavesOfTheContext() throws Exception {
        build.file("dir/a", "1").file("dir/b", "2").file("other", "3").file(".dockerignore", "**/b\n");

        build.build("FROM scratch", "RUN --mount=source=dir,target=/m [\"/x\"]");

        MountSpec.OfLayers mount = only(MountSpec.OfLayers.class);
        ImageTree files = ImageTree.of(build.store, mount.layers());
        assertThat(mount.source()).isEqualTo(EntryName.of("dir"));
        assertThat(mount.readOnly()).isTrue();
        assertThat(mount.directory()).isTrue();
        assertThat(files.children(EntryName.of("dir"))).containsExactly(EntryName.of("dir/a"));
        assertThat(files.lookup(EntryName.of("other"))).isEmpty();
    }

    @Test
    void aContextThatDidNotChangeIsACacheHit() throws Exception {
        build.file("a", "1").build("FROM scratch", "RUN --mount=target=/m [\"/x\"]");

        build.build("FROM scratch", "RUN --mount=target=/m [\"/x\"]");

        assertThat(build.rootfs.processes).hasSize(1);
    }

    @Test
    void anotherContentIsNoCacheHit() throws Exception {
        build.file("a", "1").build("FROM scratch", "RUN --mount=target=/m [\"/x\"]");

        build.file("a", "2").build("FROM scratch", "RUN --mount=target=/m [\"/x\"]");

        assertThat(build.rootfs.processes).hasSize(2);
    }

    @Test
    void whatIsNotMountedIsNoPartOfTheKey() throws Exception {
        build.file("a", "1").file("b", "1").build("FROM scratch", "RUN --mount=source=a,target=/m [\"/x\"]");

        build.file("b", "2").build("FROM scratch", "RUN --mount=source=a,target=/m [\"/x\"]");

        assertThat(build.rootfs.processes).hasSize(1);
    }

    @Test
    void aSymlinkedSourceIsFollowed() throws Exception {
        build.file("real/a", "1");
        java.nio.file.Files.createSymbolicLink(build.context.resolve("link"), Path.of("real"));

        build.build("FROM scratch", "RUN --mount=source=link,target=/m [\"/x\"]");

        assertThat(only(MountSpec.OfLayers.class).source()).isEqualTo(EntryName.of("real"));
    }

    @Test
    void aStageIsMountedByItsLayers() throws Exception {
        ImageConfig stage = build.file("a", "1").build("FROM scratch", "COPY a /out/a");

        build.build(
                "FROM scratch AS s",
                "COPY a /out/a",
                "FROM scratch",
                "RUN --mount=from=s,source=/out/a,target=m,rw [\"/x\"]");

        assertThat(only(MountSpec.OfLayers.class))
                .isEqualTo(new MountSpec.OfLayers("/m", stage.diffIds(), EntryName.of("out/a"), false, false));
    }

    @Test
    void aMissingSourceIsToldWithItsPlace() throws Exception {
        build.file("a", "1");

        assertThatThrownBy(() -> build.build("FROM scratch", "RUN --mount=source=b,target=/m [\"/x\"]"))
                .isInstanceOfSatisfying(StepFailed.class, letter -> assertThat(letter.letter())
                        .contains("\"b\" in the build context", "Dockerfile:2", "[MOUNT_SOURCE_MISSING]"));
    }

    @Test
    void theRootIsNoTarget() {
        assertThatThrownBy(() -> build.build("FROM scratch", "RUN --mount=target=/. [\"/x\"]"))
                .hasMessageContaining("the root itself");
        assertThatThrownBy(() -> build.build("FROM scratch", "RUN --mount=type=cache [\"/x\"]"))
                .hasMessageContaining("no target");
    }

    // ---- cache, tmpfs

    @Test
    void aCacheIsNamedByItsTargetUnlessItHasAnId() throws Exception {
        build.build(
                "FROM scratch",
                "WORKDIR /w",
                "RUN --mount=type=cache,target=/c/../d --mount=type=cache,target=/e,id=i,sharing=locked,uid=1,ro [\"/x\"]");

        assertThat(onlyProcess().mounts())
                .contains(new MountSpec.CacheDirectory(
                        "/d", "//d", CacheSharing.SHARED, List.of(), EntryName.ROOT, null, false))
                .contains(new MountSpec.CacheDirectory(
                        "/e", "/i", CacheSharing.LOCKED, List.of(), EntryName.ROOT, new Access(1, 0, 0755), true));
    }

    @Test
    void mountsComeInTheOrderOfTheirTargets() throws Exception {
        build.build(
                "FROM scratch",
                "RUN --mount=type=tmpfs,target=/a/b --mount=type=cache,target=/a --mount=type=tmpfs,target=/a/b/c [\"/x\"]");

        assertThat(onlyProcess().mounts().stream().map(MountSpec::target).toList())
                .endsWith("/a", "/a/b", "/a/b/c");
    }

    // ---- secrets

    @Test
    void aSecretIsAFileAVariableOrBoth() throws Exception {
        build.mounts(secret("tok", "s3cret"))
                .build(
                        "FROM scratch",
                        "WORKDIR /w",
                        "RUN --mount=type=secret,id=tok --mount=type=secret,id=tok,env=A"
                                + " --mount=type=secret,id=tok,env=B,target=b,mode=0440,uid=5 [\"/x\"]");

        List<MountSpec.SecretFile> files = onlyProcess().mounts().stream()
                .filter(MountSpec.SecretFile.class::isInstance)
                .map(MountSpec.SecretFile.class::cast)
                .toList();
        assertThat(files.stream().map(MountSpec.SecretFile::target)).containsExactly("/run/secrets/tok", "/w/b");
        assertThat(files.stream().map(MountSpec.SecretFile::access))
                .containsExactly(new Access(0, 0, 0400), new Access(5, 0, 0440));
        assertThat(files.get(0).content()).isEqualTo("s3cret".getBytes(UTF_8));
        assertThat(onlyProcess().environment()).contains("A=s3cret", "B=s3cret");
    }

    @Test
    void aSecretLeavesNoTraceInImageEventsAndKey() throws Exception {
        ImageConfig image = build.mounts(secret("tok", "s3cret"))
                .build("FROM scratch", "RUN --mount=type=secret,id=tok,env=A,target=/s [\"/x\"]");
        assertThat(image.toString() + build.events).doesNotContain("s3cret");

        build.mounts(secret("tok", "another"))
                .build("FROM scratch", "RUN --mount=type=secret,id=tok,env=A,target=/s [\"/x\"]");
        assertThat(build.rootfs.processes).hasSize(1);
    }

    @Test
    void aSecretIsNotReadForACacheHit() throws Exception {
        build.mounts(secret("tok", "s3cret")).build("FROM scratch", "RUN --mount=type=secret,id=tok,required [\"/x\"]");

        build.mounts(MountSettings.NONE).build("FROM scratch", "RUN --mount=type=secret,id=tok,required [\"/x\"]");

        assertThat(build.rootfs.processes).hasSize(1);
    }

    @Test
    void aMissingSecretIsNoFileUnlessItIsRequired() throws Exception {
        build.build("FROM scratch", "RUN --mount=type=secret,id=no --mount=type=secret,id=no,env=E [\"/x\"]");
        assertThat(onlyProcess().mounts()).noneMatch(MountSpec.SecretFile.class::isInstance);
        assertThat(onlyProcess().environment()).noneMatch(entry -> entry.startsWith("E="));

        assertThatThrownBy(() -> build.build("FROM scratch", "RUN --mount=type=secret,id=no,required [\"/y\"]"))
                .isInstanceOfSatisfying(StepFailed.class, letter -> assertThat(letter.letter())
                        .contains("\"no\" is required", "--secret id=no,src=FILE", "Dockerfile:2", "[SECRET_MISSING]"));
    }

    private static MountSettings secret(String id, String value) {
        return new MountSettings(Map.of(id, new SecretSource.OfBytes(value.getBytes(UTF_8))), Map.of(), List.of(), "");
    }

    // ---- ssh, volumes

    @Test
    void anAgentIsASocketAndAVariable() throws Exception {
        build.mounts(new MountSettings(Map.of(), Map.of("default", Path.of("/agent")), List.of(), ""))
                .build("FROM scratch", "RUN --mount=type=ssh --mount=type=ssh,id=none [\"/x\"]");

        assertThat(only(MountSpec.AgentSocket.class))
                .isEqualTo(new MountSpec.AgentSocket("/run/buildkit/ssh_agent.0", "/agent", new Access(0, 0, 0600)));
        assertThat(onlyProcess().environment()).contains("SSH_AUTH_SOCK=/run/buildkit/ssh_agent.0");
    }

    @Test
    void aMissingAgentIsToldWhenItIsRequired() {
        assertThatThrownBy(() -> build.build("FROM scratch", "RUN --mount=type=ssh,required=true [\"/x\"]"))
                .isInstanceOfSatisfying(StepFailed.class, letter -> assertThat(letter.letter())
                        .contains("\"default\" is required", "ssh-add", "[SSH_AGENT_MISSING]"));
    }

    @Test
    void aVolumeIsInEveryRun() throws Exception {
        Volume volume = new Volume(folder, "/v", true);

        build.mounts(new MountSettings(Map.of(), Map.of(), List.of(volume), "")).build("FROM scratch", "RUN [\"/x\"]");

        assertThat(onlyProcess().mounts()).contains(new MountSpec.OfHost("/v", folder.toString(), true, true));
    }

    private ProcessSpec onlyProcess() {
        assertThat(build.rootfs.processes).hasSize(1);
        return build.rootfs.processes.get(0);
    }

    private <T extends MountSpec> T only(Class<T> type) {
        List<T> found = onlyProcess().mounts().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
