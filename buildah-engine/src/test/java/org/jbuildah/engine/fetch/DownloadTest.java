package org.jbuildah.engine.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jbuildah.engine.api.SecretSource;
import org.jbuildah.engine.api.TransferFailed;
import org.jbuildah.engine.content.ContentStore;
import org.jbuildah.engine.oci.Digest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
    @TempDir
    private Path folder;

    private ContentStore store;
    private FileServer server;
    private Logins logins = Logins.none();

    @BeforeEach
    void open() throws IOException {
        store = ContentStore.open(folder.resolve("store"));
        Path served = Files.createDirectories(folder.resolve("served"));
        Files.writeString(served.resolve("a.txt"), "hello\n");
        server = new FileServer(served);
    }

    @AfterEach
    void close() {
        server.close();
        store.close();
    }

    @Test
    void aFileHasDigestSizeNameAndTime() throws Exception {
        Download download = fetch("/a.txt", null);

        assertThat(download.digest()).isEqualTo(Digest.of("hello\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(download.size()).isEqualTo(6);
        assertThat(download.name()).isEqualTo("a.txt");
        assertThat(download.modified()).isEqualTo(Instant.parse("2019-05-05T05:05:05Z"));
        try (InputStream bytes = store.open(download.digest())) {
            assertThat(bytes).hasContent("hello\n");
        }
    }

    @Test
    void redirectsAreFollowed() throws Exception {
        assertThat(fetch("/moved/a.txt", null).finalUri()).hasToString(server.address("/a.txt"));
    }

    @Test
    void aFileWithoutADateIsOfTheEpoch() throws Exception {
        assertThat(fetch("/undated/a.txt", null).modified()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void theServerMayNameTheFile() throws Exception {
        assertThat(fetch("/named/a.txt", null).name()).isEqualTo("other name.txt");
    }

    @Test
    void theLoginOfAnAddressIsShownToItsServer() throws Exception {
        String address = server.address("/private/a.txt").replace("http://", "http://me:secret@");

        assertThat(fetcher().download(WebAddress.parse(address), null).size()).isEqualTo(6);
    }

    private static SecretSource secret(String text) {
        return new SecretSource.OfBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTokenOfTheHostIsShownToIt() throws Exception {
        server.login = "Bearer token-1";
        logins = Logins.among(Map.of("HTTP_AUTH_TOKEN_127.0.0.1", secret("token-1\n")));

        assertThat(fetch("/private/a.txt", null).size()).isEqualTo(6);
    }

    @Test
    void aHeaderOfTheHostIsShownToItUnlessThereIsAToken() throws Exception {
        Map<String, SecretSource> header = Map.of("HTTP_AUTH_HEADER_127.0.0.1", secret("Digest of-its-own"));
        server.login = "Digest of-its-own";
        logins = Logins.among(header);
        assertThat(fetch("/private/a.txt", null).size()).isEqualTo(6);

        Map<String, SecretSource> both = new HashMap<>(header);
        both.put("HTTP_AUTH_TOKEN_127.0.0.1", secret("token-2"));
        server.login = "Bearer token-2";
        logins = Logins.among(both);
        assertThat(fetch("/private/a.txt", null).size()).isEqualTo(6);
    }

    @Test
    void aLoginOfAnotherHostIsNotShown() {
        server.login = "Bearer token-1";
        logins = Logins.among(Map.of("HTTP_AUTH_TOKEN_example.org", secret("token-1")));

        assertThatThrownBy(() -> fetch("/private/a.txt", null))
                .isInstanceOfSatisfying(TransferFailed.class, letter -> assertThat(letter.letter())
                        .contains("HTTP 401", "HTTP_AUTH_TOKEN_127.0.0.1"));
    }

    @Test
    void anUnchangedFileIsNotSentAgain() throws Exception {
        Download first = fetch("/a.txt", null);
        Download again = fetch("/a.txt", null);

        assertThat(again).isEqualTo(first);
        assertThat(server.answers).containsExactly("GET /a.txt 200", "GET /a.txt 304");
    }

    @Test
    void aChangedFileIsSentAgain() throws Exception {
        fetch("/a.txt", null);
        Files.writeString(folder.resolve("served/a.txt"), "bye\n");

        assertThat(fetch("/a.txt", null).size()).isEqualTo(4);
    }

    @Test
    void aPromisedFileThatIsThereIsNotAskedFor() throws Exception {
        Download first = fetch("/a.txt", null);
        server.answers.clear();

        assertThat(fetch("/a.txt", first.digest())).isEqualTo(first);
        assertThat(server.answers).isEmpty();
    }

    @Test
    void anotherFileThanPromisedIsRefused() {
        Digest promised = Digest.of(new byte[0]);

        assertThatThrownBy(() -> fetch("/a.txt", promised))
                .isInstanceOfSatisfying(TransferFailed.class, letter -> assertThat(letter.letter())
                        .contains("[CHECKSUM_MISMATCH]", "/a.txt", promised.toString()));
    }

    @Test
    void aFileThatIsNotThereIsToldWithItsAddress() {
        assertThatThrownBy(() -> fetch("/b.txt", null))
                .isInstanceOfSatisfying(TransferFailed.class, letter -> assertThat(letter.letter())
                        .contains("[DOWNLOAD_FAILED]", "/b.txt", "HTTP 404"));
    }

    private Download fetch(String path, @Nullable Digest promised) throws InterruptedException {
        return fetcher().download(WebAddress.parse(server.address(path)), promised);
    }

    private Fetcher fetcher() {
        return Fetcher.of(store, true, Map.of(), logins);
    }
}
