package org.jbuildah.engine.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteSourceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.txt",
                "dir/a:b",
                "./host:path",
                "../up:path",
                "a_b:c",
                "name:/path",
                "name:",
                "file:///srv/repository.git",
                "ftp://example.org/a",
                "github.com/owner/repository",
                ".git",
                "HTTPS://example.org/a"
            })
    void whatIsNoUrlAndNoRepositoryIsAPath(String word) {
        assertThat(RemoteSource.of(word)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/",
                "https://example.org/a.git/",
                "https://example.org/a.git.tar",
                "http://example.org/a?file=b.git",
                "https://github.com/owner/repository"
            })
    void httpWithoutTheSuffixOfARepositoryIsAFile(String word) {
        assertThat(RemoteSource.of(word).orElseThrow()).isInstanceOf(RemoteSource.Web.class);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://example.org/a.git, https://example.org/a.git, '', '', ''",
                "https://me:secret@example.org/a.git#v1, https://me:secret@example.org/a.git, v1, '', ''",
                "https://example.org/a.git#release/1.2:docs/x, https://example.org/a.git, release/1.2, docs/x, ''",
                "https://example.org/a.git#:docs, https://example.org/a.git, '', docs, ''",
                "HTTPS://example.org/a.git, HTTPS://example.org/a.git, '', '', ''",
                "git://example.org/a#main, git://example.org/a, main, '', ''",
                "ssh://git@example.org:22/a, ssh://git@example.org:22/a, '', '', ''",
                "git@example.org:owner/a.git#b:c, git@example.org:owner/a.git, b, c, ''",
                "git@example.org:/srv/a, git@example.org:/srv/a, '', '', ''",
                "example.org:a, example.org:a, '', '', ''",
                "https://example.org/a.git?ref=v1&subdir=/d, https://example.org/a.git, v1, /d, ''",
                "https://example.org/a.git?tag=v1&commit=abc, https://example.org/a.git, refs/tags/v1, '', abc",
                "https://example.org/a.git?branch=x%2Fy, https://example.org/a.git, refs/heads/x/y, '', ''",
                "https://example.org/a.git?checksum=0a1b, https://example.org/a.git, 0a1b, '', 0a1b",
                "git@example.org:a?branch=b, git@example.org:a, refs/heads/b, '', ''"
            })
    void aRepositoryIsReadWithWhatIsMeantOfIt(
            String word, String remote, String ref, String subdirectory, String checksum) {
        GitReference reference = git(word);

        assertThat(reference.remote()).isEqualTo(remote);
        assertThat(reference.ref()).isEqualTo(ref);
        assertThat(reference.subdirectory()).isEqualTo(subdirectory);
        assertThat(reference.checksum()).isEqualTo(checksum);
    }

    @Test
    void switchesAreOnWithoutAValue() {
        assertThat(git("https://example.org/a.git?keep-git-dir").keepGitDir()).isTrue();
        assertThat(git("https://example.org/a.git?keep-git-dir=false").keepGitDir())
                .isFalse();
        assertThat(git("https://example.org/a.git").keepGitDir()).isNull();
        assertThat(git("https://example.org/a.git").submodules()).isTrue();
        assertThat(git("https://example.org/a.git?submodules=0").submodules()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.org/a.git?colour=red, 'the query \"colour\" is unknown'",
        "https://example.org/a.git?ref=, 'the query \"ref\" has no value'",
        "https://example.org/a.git?ref=a&ref=b, 'the query \"ref\" is there twice'",
        "https://example.org/a.git?ref=a#b, 'two values for ref'",
        "https://example.org/a.git?tag=a&branch=b, 'a tag and a branch'",
        "https://example.org/a.git?submodules=maybe, 'true or false'",
        "https://example.org/a.git?checksum=xyz, 'not the id of a commit'",
        "https://example.org/a.git#--upload-pack=x, 'cannot begin with a dash'",
        "https://me:secret@example.org/a.git?colour=red, 'https://example.org/a.git'",
        "https://example.org/a%zz, 'two hexadecimal digits'",
        "https:///a, 'no host'"
    })
    void whatIsWrongIsSaid(String word, String said) {
        assertThatThrownBy(() -> RemoteSource.of(word))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said)
                .hasMessageNotContaining("secret");
    }

    @Test
    void theShortFormOfGitHubIsForContexts() {
        Optional<RemoteSource> source = RemoteSource.ofContext("github.com/owner/a#v1:docs");

        assertThat(source.orElseThrow()).isInstanceOfSatisfying(RemoteSource.Git.class, git -> {
            assertThat(git.reference().remote()).isEqualTo("https://github.com/owner/a");
            assertThat(git.reference().ref()).isEqualTo("v1");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.org/dir/a.txt?x=1#y, a.txt",
        "https://example.org/a%20b.txt, a b.txt",
        "https://example.org/größe.txt, größe.txt",
        "https://example.org/dir/, dir",
        "https://example.org/, __unnamed__",
        "https://example.org, __unnamed__"
    })
    void theNameOfAFileIsTheLastOfItsPath(String word, String name) {
        assertThat(((RemoteSource.Web) RemoteSource.of(word).orElseThrow())
                        .address()
                        .fileName())
                .isEqualTo(name);
    }

    private static GitReference git(String word) {
        return ((RemoteSource.Git) RemoteSource.of(word).orElseThrow()).reference();
    }
}
