package org.jbuildah.engine.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jbuildah.engine.api.HostUnsuitable;
import org.jbuildah.engine.api.SecretSource;
import org.jbuildah.engine.api.TransferFailed;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.layer.EntryName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryTest {
    @TempDir
    private static Path shared;

    private static GitServer git;

    @TempDir
    private Path folder;

    private ContentStore store;
    private Logins logins = Logins.none();

    @BeforeAll
    static void serve() throws Exception {
        assumeTrue(GitServer.isThere(), "this machine has no git");
        git = new GitServer(shared);
    }

    @AfterAll
    static void stop() {
        if (git != null) {
            git.close();
        }
    }

    @BeforeEach
    void open() {
        store = ContentStore.open(folder.resolve("store"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theDefaultBranchIsMeantWhereNothingIsSaid() throws Exception {
        Checkout checkout = checkout(git.address(), false);

        assertThat(checkout.commit()).isEqualTo(git.id("main"));
        assertThat(text(checkout, "readme.txt")).isEqualTo("one\n");
        assertThat(checkout.tree().lookup(EntryName.of(".git"))).isEmpty();
    }

    @Test
    void branchTagAndCommitAreFound() throws Exception {
        assertThat(checkout(git.address() + "#next", false).commit()).isEqualTo(git.id("next"));
        assertThat(checkout(git.address() + "?branch=next", false).commit()).isEqualTo(git.id("next"));
        assertThat(checkout(git.address() + "#v1", false).commit()).isEqualTo(git.id("main"));
        assertThat(checkout(git.address() + "#" + git.id("next"), false).commit())
                .isEqualTo(git.id("next"));
    }

    @Test
    void aSubdirectoryIsAllThatIsMeant() throws Exception {
        assertThat(checkout(git.address() + "#main:docs", true).tree().lookup(EntryName.of("guide.txt")))
                .isPresent();
    }

    @Test
    void aSubdirectoryStaysWithinTheRepository() {
        for (String outside : new String[] {"../..", "nowhere", "readme.txt"}) {
            assertThatThrownBy(() -> checkout(git.address() + "#main:" + outside, false))
                    .isInstanceOfSatisfying(TransferFailed.class, letter -> assertThat(letter.letter())
                            .contains("no directory \"" + outside + "\""));
        }
    }

    @Test
    void filesAreOfTheCommitsTimeAndOfNobodysUmask() throws Exception {
        var tree = checkout(git.address(), false).tree();

        assertThat(tree.lookup(EntryName.of("readme.txt"))).hasValueSatisfying(entry -> {
            assertThat(entry.mode()).isEqualTo(0644);
            assertThat(entry.mtime()).isEqualTo(Instant.parse(GitServer.TIME));
        });
        assertThat(tree.lookup(EntryName.of("run.sh")).orElseThrow().mode()).isEqualTo(0755);
        assertThat(tree.lookup(EntryName.of("docs")).orElseThrow().mode()).isEqualTo(0755);
    }

    @Test
    void theGitDirectoryCanStay() throws Exception {
        Checkout checkout = checkout(git.address() + "#v1", true);

        assertThat(text(checkout, ".git/HEAD").strip()).isEqualTo(git.id("main"));
        assertThat(text(checkout, ".git/config")).contains(git.address());
        assertThat(checkout.tree().lookup(EntryName.of(".git/FETCH_HEAD"))).isEmpty();
    }

    @Test
    void aServerOfPlainFilesIsReadToo() throws Exception {
        try (FileServer web = new FileServer(git.served())) {
            String address = web.address("/shop.git");

            assertThat(checkout(address + "#next", false).commit()).isEqualTo(git.id("next"));
            assertThat(checkout(address + "#" + git.id("main"), false).commit()).isEqualTo(git.id("main"));
        }
    }

    @Test
    void aTokenIsShownToItsHostAndKeptNowhere() throws Exception {
        try (FileServer web = new FileServer(git.served())) {
            String token = Base64.getEncoder().encodeToString("x-access-token:of-the-host".getBytes(UTF_8));
            web.login = "basic " + token;
            String host = web.address("").substring("http://".length());
            logins = Logins.among(Map.of(
                    "GIT_AUTH_TOKEN." + host,
                    new SecretSource.OfBytes("of-the-host\n".getBytes(UTF_8)),
                    "GIT_AUTH_TOKEN",
                    new SecretSource.OfBytes("of-any".getBytes(UTF_8))));

            Checkout checkout = checkout(web.address("/private/shop.git") + "#next", true);

            assertThat(checkout.commit()).isEqualTo(git.id("next"));
            try (Stream<Path> written = Files.walk(folder)) {
                for (Path file : written.filter(Files::isRegularFile).toList()) {
                    assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(token, "of-the-host");
                }
            }
        }
    }

    @Test
    void aHeaderIsShownAsItIs() throws Exception {
        try (FileServer web = new FileServer(git.served())) {
            web.login = "Bearer one";
            logins = Logins.among(Map.of("GIT_AUTH_HEADER", new SecretSource.OfBytes("Bearer one".getBytes(UTF_8))));

            assertThat(checkout(web.address("/private/shop.git"), false).commit())
                    .isEqualTo(git.id("main"));
        }
    }

    @Test
    void aRepositoryThatWantsALoginNamesTheSecret() throws Exception {
        try (FileServer web = new FileServer(git.served())) {
            assertThatThrownBy(() -> checkout(web.address("/private/shop.git"), false))
                    .isInstanceOfSatisfying(TransferFailed.class, letter -> assertThat(letter.letter())
                            .contains("GIT_AUTH_TOKEN"));
        }
    }

    @Test
    void thePromisedCommitIsVerified() throws Exception {
        String other = git.id("next");
        String right = git.id("main").substring(0, 12);

        assertThat(checkout(git.address() + "?tag=v1&checksum=" + right, false).commit())
                .startsWith(right);
        assertThatThrownBy(() -> checkout(git.address() + "?branch=next&checksum=" + right, false))
                .isInstanceOfSatisfying(TransferFailed.class, letter -> assertThat(letter.letter())
                        .contains("[CHECKSUM_MISMATCH]", other, "not " + right));
    }

    @Test
    void aReferenceThatIsNotThereIsToldByName() {
        assertThatThrownBy(() -> checkout(git.address() + "#nowhere", false))
                .isInstanceOfSatisfying(TransferFailed.class, letter -> assertThat(letter.letter())
                        .contains("[GIT_REFERENCE_NOT_FOUND]", "\"nowhere\"", git.address()));
    }

    @Test
    void aRepositoryThatIsNotThereIsToldWithWhatGitSays() {
        assertThatThrownBy(() -> checkout(git.address().replace("shop", "shoe"), false))
                .isInstanceOfSatisfying(TransferFailed.class, letter -> assertThat(letter.letter())
                        .contains("[GIT_FAILED]", "shoe.git", "git ls-remote"));
    }

    @Test
    void aMachineWithoutGitIsToldWhatToInstall() {
        GitCommand absent = new GitCommand("no-such-git", folder, Map.of(), true, Optional.empty());

        assertThatThrownBy(() -> absent.run(folder, List.of("version")))
                .isInstanceOfSatisfying(HostUnsuitable.class, letter -> assertThat(letter.letter())
                        .contains("[GIT_MISSING]", "apt-get install git"));
    }

    private static String text(Checkout checkout, String file) throws IOException {
        try (InputStream content = checkout.tree().open(EntryName.of(file))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Checkout checkout(String word, boolean keepGitDir) throws InterruptedException {
        GitReference reference = GitReference.parse(word).orElseThrow();
        Fetcher fetcher = Fetcher.of(store, true, System.getenv(), logins);
        return fetcher.checkout(reference, fetcher.resolve(reference), keepGitDir);
    }
}
