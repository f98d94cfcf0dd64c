package org.jbuildah.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import org.jbuildah.engine.api.DockerfileInvalid;
import org.jbuildah.engine.dockerfile.MountOptions;
import org.jbuildah.engine.rootfs.Access;
import org.jbuildah.engine.rootfs.CacheSharing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountFlagTest {
    private static MountFlag parse(String flag) {
        return MountFlag.parse(MountOptions.parse(flag), UnaryOperator.identity());
    }

    @Test
    void withoutATypeItIsAReadOnlyBind() {
        MountFlag flag = parse("target=/m");

        assertThat(flag.type()).isEqualTo(MountFlag.Type.BIND);
        assertThat(flag.isReadOnly()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "rw false",
                "readwrite=true false",
                "rw=false true",
                "ro=0 false",
                "type=cache false",
                "type=cache,ro true",
                "type=tmpfs false",
                "type=tmpfs,readonly=1 true"
            })
    void readOnlyIsSaidOrFollowsTheType(String options, boolean readOnly) {
        assertThat(parse(options + ",target=/m").isReadOnly()).isEqualTo(readOnly);
    }

    @Test
    void typeAndSharingAreWrittenInAnyCase() {
        MountFlag flag = parse("type=Cache,sharing=LOCKED,target=/m");

        assertThat(flag.type()).isEqualTo(MountFlag.Type.CACHE);
        assertThat(flag.sharing()).isEqualTo(CacheSharing.LOCKED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"4096 4096", "64k 65536", "128m 134217728", "2GiB 2147483648", "1MB 1048576", "7b 7"})
    void sizesHaveBinaryUnits(String word, long bytes) {
        assertThat(parse("type=tmpfs,target=/m,size=" + word).sizeInBytes()).isEqualTo(bytes);
    }

    @Test
    void aCacheHasOwnerModeAndSharing() {
        MountFlag flag = parse("type=cache,target=/m,mode=0711,uid=5,gid=6,sharing=locked");

        assertThat(flag.access(0755)).isEqualTo(new Access(5, 6, 0711));
        assertThat(flag.sharing()).isEqualTo(CacheSharing.LOCKED);
        assertThat(parse("type=cache,target=/m,uid=5").access(0755)).isEqualTo(new Access(5, 0, 0755));
    }

    @Test
    void aLabelForSelinuxHasNoEffect() {
        assertThat(parse("target=/m,z")).isEqualTo(parse("target=/m,relabel=shared"));
    }

    @Test
    void variablesAreExpandedButInFrom() {
        MountFlag flag = MountFlag.parse(MountOptions.parse("from=a,source=b"), word -> "<" + word + ">");

        assertThat(flag.from()).isEqualTo("a");
        assertThat(flag.source()).isEqualTo("<b>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "typ=tmpfs | has no option \"typ\" | Did you mean \"type\"",
                "type=tmp,target=/m | the type \"tmp\", which is not known | Did you mean \"tmpfs\"",
                "target | \"target\" without a value | Write target=VALUE",
                "target=/m,propagation=x | no option \"propagation\" | options are",
                "target=/m,rw=maybe | rw=maybe, which is neither true nor false | rw=true",
                "type=cache,target=/m,sharing=nope | sharing=nope, which is not known | shared, private and locked",
                "target=/m,sharing=locked | sharing, which a mount of type bind | Only a cache",
                "target=/m,mode=0755 | mode, which a mount of type bind | Leave it out",
                "type=tmpfs,target=/m,uid=1 | uid, which a mount of type tmpfs | Leave it out",
                "type=cache,target=/m,mode=999 | mode=999, which is not a mode | octal",
                "type=cache,target=/m,uid=root | uid=root, which is not an id | uid=1000",
                "target=/m,required | \"required\", which a mount of type bind | Write the type before it",
                "target=/m,size=1m | \"size\", which a mount of type bind | Write the type before it",
                "type=tmpfs,target=/m,size=much | size=much, which is not a size | size=64m",
                "type=secret,from=a,id=b | from=a, which a mount of type secret | by its id",
                "type=secret,source=a,id=b | both source=a and id=b | leave one of them out",
                "type=secret | does not say which secret | id=NAME",
            })
    void whatHasNoMeaningIsRefusedWithARemedy(String flag, String what, String remedy) {
        assertThatThrownBy(() -> parse(flag))
                .isInstanceOfSatisfying(DockerfileInvalid.class, letter -> assertThat(letter.letter())
                        .contains(what, remedy, "[INSTRUCTION_INVALID]"));
    }
}
