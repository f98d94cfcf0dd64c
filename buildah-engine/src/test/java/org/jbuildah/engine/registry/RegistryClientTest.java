package org.jbuildah.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.jbuildah.engine.registry.LoopbackRegistry.cut;
import static org.jbuildah.engine.registry.LoopbackRegistry.hangUp;
import static org.jbuildah.engine.registry.LoopbackRegistry.status;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jbuildah.engine.api.BuildException;
import org.jbuildah.engine.api.FailureCode;
import org.jbuildah.engine.api.ImageUnavailable;
import org.jbuildah.engine.api.TransferFailed;
import org.jbuildah.engine.http.Pauses;
import org.jbuildah.engine.oci.Descriptor;
import org.jbuildah.engine.oci.Digest;
import org.jbuildah.engine.oci.MediaType;
import org.jbuildah.engine.oci.Reference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RegistryClientTest {
    /** Odd white space, so that anyone who writes it anew is found out. */
    private static final byte[] MANIFEST =
            "{ \"schemaVersion\": 2,\n  \"layers\":[] }\n".getBytes(StandardCharsets.UTF_8);

    private static final byte[] LAYER = randomBytes(300_000);

    private LoopbackRegistry registry;

    @BeforeEach
    void start() throws IOException {
        registry = LoopbackRegistry.start();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private static byte[] randomBytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static RegistrySettings settings() {
        return RegistrySettings.of(Map.of())
                .withRetries(3, Pauses.doubling(Duration.ofMillis(10)))
                .withStall(Duration.ofSeconds(10))
                .withCertificates(Certificates.perRegistry(List.of()));
    }

    private static RegistryClient client() {
        return client(settings(), CredentialLookup.none());
    }

    private static RegistryClient client(RegistrySettings settings, CredentialLookup credentials) {
        return RegistryClient.of(settings, credentials, Duration.ofMillis(200)); // the JDK's server just hears on
    }

    private static RegistryClient clientWith(RegistryCredential credential) {
        return client(settings(), lookup(credential));
    }

    private static CredentialLookup lookup(RegistryCredential credential) {
        return new CredentialLookup() {
            @Override
            public Optional<RegistryCredential> find(String registry, String repository) {
                return Optional.of(credential);
            }

            @Override
            public List<String> places() {
                return List.of("/a/file");
            }
        };
    }

    private static RegistryCredential login(String user, String password) {
        return new RegistryCredential.UserPassword(user, password, "/a/file");
    }

    private Descriptor layerIn(String repository) {
        return new Descriptor(MediaType.OCI_LAYER, registry.putBlob(repository, LAYER), LAYER.length);
    }

    private static Descriptor layer() {
        return new Descriptor(MediaType.OCI_LAYER, Digest.of(LAYER), LAYER.length);
    }

    private static byte[] read(InputStream stream) throws IOException {
        try (stream) {
            return stream.readAllBytes();
        }
    }

    private static BuildException letter(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(BuildException.class, call);
    }

    @Nested
    class Manifests {
        @Test
        void areHandedOutVerbatim() throws InterruptedException {
            Digest digest = registry.putManifest("team/app", "1", MANIFEST);

            FetchedManifest manifest = client().manifest(registry.image("team/app:1"));

            assertThat(manifest.bytes()).isEqualTo(MANIFEST);
            assertThat(manifest.digest()).isEqualTo(digest);
            assertThat(manifest.mediaType()).isEqualTo(MediaType.OCI_MANIFEST);
        }

        @Test
        void areFoundByDigest() throws InterruptedException {
            Digest digest = registry.putManifest("team/app", "1", MANIFEST);

            assertThat(client().manifest(registry.image("team/app"), digest).bytes())
                    .isEqualTo(MANIFEST);
            assertThat(client().headManifest(registry.image("team/app@" + digest)))
                    .contains(new Descriptor(MediaType.OCI_MANIFEST, digest, MANIFEST.length));
        }

        @Test
        void withOtherBytesThanTheirDigestAreRefused() {
            Digest wanted = Digest.of(new byte[] {1});
            registry.putManifest("team/app", wanted.toString(), MANIFEST);

            assertThat(letter(() -> client().manifest(registry.image("team/app"), wanted))
                            .code())
                    .isEqualTo(FailureCode.IMAGE_CORRUPT);
        }

        @Test
        void withOtherBytesThanTheirHeaderSaysAreRefused() {
            registry.next(exchange -> {
                exchange.getResponseHeaders()
                        .add("Docker-Content-Digest", Digest.of(new byte[] {1}).toString());
                exchange.getResponseHeaders().add("Content-Type", MediaType.OCI_MANIFEST);
                exchange.sendResponseHeaders(200, MANIFEST.length);
                exchange.getResponseBody().write(MANIFEST);
                return true;
            });

            assertThat(letter(() -> client().manifest(registry.image("team/app:1")))
                            .code())
                    .isEqualTo(FailureCode.IMAGE_CORRUPT);
        }

        @Test
        void thatAreNotThereSuggestTheNearestTag() {
            registry.putManifest("team/app", "bookworm", MANIFEST);
            registry.putManifest("team/app", "trixie", MANIFEST);

            BuildException letter = letter(() -> client().manifest(registry.image("team/app:bookwrom")));

            assertThat(letter).isInstanceOf(ImageUnavailable.class);
            assertThat(letter.code()).isEqualTo(FailureCode.IMAGE_NOT_FOUND);
            assertThat(letter.what()).contains("team/app:bookwrom", "MANIFEST_UNKNOWN: manifest unknown");
            assertThat(letter.remedy()).contains("Did you mean", "team/app:bookworm");
        }

        @Test
        void thatAreNotThereAreEmptyToTheAskingKind() throws InterruptedException {
            assertThat(client().headManifest(registry.image("team/app:1"))).isEmpty();
            assertThat(client().tags(registry.image("team/app"))).isEmpty();
        }

        @Test
        void arePutVerbatim() throws InterruptedException {
            Digest digest = client().pushManifest(registry.image("team/app:2"), MediaType.DOCKER_MANIFEST, MANIFEST);

            assertThat(digest).isEqualTo(Digest.of(MANIFEST));
            assertThat(registry.manifest("team/app", "2")).isEqualTo(MANIFEST);
            assertThat(client().manifest(registry.image("team/app:2")).mediaType())
                    .isEqualTo(MediaType.DOCKER_MANIFEST);
        }

        @Test
        void areAskedForInEveryFormWeRead() throws InterruptedException {
            registry.putManifest("team/app", "1", MANIFEST);
            client().manifest(registry.image("team/app:1"));

            String accept = registry.seen().stream()
                    .filter(seen -> seen.path().contains("/manifests/"))
                    .findFirst()
                    .flatMap(seen -> seen.header("Accept"))
                    .orElse("");
            assertThat(accept)
                    .contains(
                            MediaType.OCI_INDEX,
                            MediaType.OCI_MANIFEST,
                            MediaType.DOCKER_LIST,
                            MediaType.DOCKER_MANIFEST);
        }
    }

    @Nested
    class Blobs {
        @Test
        void areTakenUpWhereTheConnectionBroke() throws Exception {
            Descriptor layer = layerIn("app");
            registry.next(cut(LAYER, 100_000));
            registry.next(cut(LAYER, 50_000));
            registry.next(cut(LAYER, 1));

            assertThat(read(client().blob(registry.image("app"), layer))).isEqualTo(LAYER);
            List<String> ranges = registry.seen().stream()
                    .filter(seen -> seen.path().contains("/blobs/"))
                    .map(seen -> seen.header("Range").orElse("-"))
                    .toList();
            assertThat(ranges).hasSize(4).startsWith("-").allMatch(range -> range.matches("-|bytes=[0-9]+-"));
        }

        @Test
        void areTakenUpFromARegistryWithoutRanges() throws Exception {
            Descriptor layer = layerIn("app");
            registry.next(cut(LAYER, 100_000));
            registry.next(exchange -> {
                if (exchange.getRequestHeaders().getFirst("Range") == null) {
                    return false;
                }
                exchange.sendResponseHeaders(200, LAYER.length);
                exchange.getResponseBody().write(LAYER);
                return true;
            });

            assertThat(read(client().blob(registry.image("app"), layer))).isEqualTo(LAYER);
        }

        @Test
        void areGivenUpWhenTheConnectionKeepsBreaking() {
            Descriptor layer = layerIn("app");
            for (int i = 0; i < 20; i++) {
                registry.next(cut(LAYER, 10));
            }

            BuildException letter = letter(() -> read(client().blob(registry.image("app"), layer)));
            assertThat(letter.code()).isEqualTo(FailureCode.TRANSFER_FAILED);
            assertThat(letter.what()).contains(layer.digest().toString());
        }

        @Test
        void withWrongBytesNeverShowTheirLast() throws Exception {
            byte[] wrong = LAYER.clone();
            wrong[LAYER.length - 1] ^= 1;
            Descriptor promised = layer();
            registry.next(exchange -> {
                exchange.sendResponseHeaders(200, wrong.length);
                exchange.getResponseBody().write(wrong);
                return true;
            });

            try (InputStream stream = client().blob(registry.image("app"), promised)) {
                BuildException letter = letter(() -> stream.readNBytes(LAYER.length));
                assertThat(letter.code()).isEqualTo(FailureCode.IMAGE_CORRUPT);
                assertThat(letter.what())
                        .contains(promised.digest().toString(), Digest.of(wrong).toString());
            }
        }

        @Test
        void longerThanPromisedAreRefused() {
            Digest digest = registry.putBlob("app", LAYER);
            Descriptor shorter = new Descriptor(MediaType.OCI_LAYER, digest, LAYER.length - 1);

            assertThat(letter(() -> read(client().blob(registry.image("app"), shorter)))
                            .code())
                    .isEqualTo(FailureCode.IMAGE_CORRUPT);
        }

        @Test
        void thatTheRegistryLostAreReported() {
            BuildException letter = letter(() -> client().blob(registry.image("app"), layer()));

            assertThat(letter.code()).isEqualTo(FailureCode.IMAGE_NOT_FOUND);
            assertThat(letter.what()).contains(layer().digest().toString(), "BLOB_UNKNOWN");
        }

        @Test
        void thatStandStillAreTakenUp() throws Exception {
            Descriptor layer = layerIn("app");
            CountDownLatch enough = new CountDownLatch(1);
            registry.next(exchange -> {
                if (!exchange.getRequestURI().getPath().contains("/blobs/")) {
                    return false;
                }
                exchange.sendResponseHeaders(200, LAYER.length);
                exchange.getResponseBody().write(LAYER, 0, 1000);
                exchange.getResponseBody().flush();
                await(enough);
                return true;
            });

            assertThat(read(client(settings().withStall(Duration.ofSeconds(1)), CredentialLookup.none())
                            .blob(registry.image("app"), layer)))
                    .isEqualTo(LAYER);
            enough.countDown();
        }

        @Test
        void areLeftAtOnceOnAnInterrupt() throws Exception {
            Descriptor layer = layerIn("app");
            CountDownLatch sending = new CountDownLatch(1);
            CountDownLatch enough = new CountDownLatch(1);
            registry.next(exchange -> {
                if (!exchange.getRequestURI().getPath().contains("/blobs/")) {
                    return false;
                }
                exchange.sendResponseHeaders(200, LAYER.length);
                exchange.getResponseBody().write(LAYER, 0, 1000);
                exchange.getResponseBody().flush();
                sending.countDown();
                await(enough);
                return true;
            });
            AtomicReference<Throwable> end = new AtomicReference<>();
            RegistryClient patient = client(settings().withStall(Duration.ofSeconds(50)), CredentialLookup.none());
            Thread reader = new Thread(() -> {
                try {
                    read(patient.blob(registry.image("app"), layer));
                } catch (Throwable e) {
                    end.set(e);
                }
            });
            reader.start();
            sending.await();
            Thread.sleep(100);
            reader.interrupt();
            reader.join(5_000);
            enough.countDown();

            assertThat(reader.isAlive()).isFalse();
            assertThat(end.get()).isInstanceOf(InterruptedIOException.class);
        }

        private static void await(CountDownLatch latch) throws IOException {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    @Nested
    class Failures {
        @Test
        void thatPassAreWaitedFor() throws InterruptedException {
            registry.putManifest("app", "1", MANIFEST);
            registry.next(status("GET", 503, Map.of("Retry-After", "1")));
            registry.next(status("GET", 429, Map.of()));
            long start = System.nanoTime();

            assertThat(client().manifest(registry.image("app:1")).bytes()).isEqualTo(MANIFEST);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
        }

        @Test
        void thatStayAreTold() {
            for (int i = 0; i < 4; i++) {
                registry.next(status("GET", 502, Map.of()));
            }

            BuildException letter = letter(() -> client().manifest(registry.image("app:1")));
            assertThat(letter.code()).isEqualTo(FailureCode.TRANSFER_FAILED);
            assertThat(letter.what()).contains("HTTP 502", registry.name());
        }

        @Test
        void toConnectNameTheRegistry() {
            registry.close();

            BuildException letter = letter(() -> client().manifest(registry.image("app:1")));
            assertThat(letter.code()).isEqualTo(FailureCode.REGISTRY_UNREACHABLE);
            assertThat(letter.what()).contains(registry.name());
        }

        @Test
        void toFindTheHostSaySo() {
            BuildException letter = letter(() -> client().manifest(Reference.parse("no-such-registry.invalid/app:1")));
            assertThat(letter.code()).isEqualTo(FailureCode.REGISTRY_UNREACHABLE);
            assertThat(letter.what()).contains("no-such-registry.invalid", "DNS");
        }
    }

    @Nested
    class Redirects {
        @Test
        void toAnotherOriginLoseTheCredentials() throws Exception {
            Descriptor layer = layerIn("app");
            registry.demandBasic("alice", "s3cret");
            try (LoopbackRegistry storage = LoopbackRegistry.start()) {
                storage.next(exchange -> {
                    exchange.sendResponseHeaders(200, LAYER.length);
                    exchange.getResponseBody().write(LAYER);
                    return true;
                });
                registry.next(exchange -> {
                    if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                        return false;
                    }
                    exchange.getResponseHeaders().add("Location", "http://" + storage.name() + "/signed?x=y");
                    exchange.sendResponseHeaders(307, -1);
                    return true;
                });

                assertThat(read(clientWith(login("alice", "s3cret")).blob(registry.image("app"), layer)))
                        .isEqualTo(LAYER);
                assertThat(storage.seen()).hasSize(1);
                assertThat(storage.seen().get(0).header("Authorization")).isEmpty();
            }
        }

        @Test
        void withoutEndAreLeft() {
            for (int i = 0; i < 30; i++) {
                registry.next(exchange -> {
                    exchange.getResponseHeaders().add("Location", "/again");
                    exchange.sendResponseHeaders(302, -1);
                    return true;
                });
            }

            assertThat(letter(() -> client().manifest(registry.image("app:1"))).what())
                    .contains("redirected more than 5 times");
        }
    }

    @Nested
    class Authorization {
        @Test
        void basicIsShownWhenAskedFor() throws InterruptedException {
            registry.putManifest("app", "1", MANIFEST);
            registry.demandBasic("alice", "s3cret");

            assertThat(clientWith(login("alice", "s3cret"))
                            .manifest(registry.image("app:1"))
                            .bytes())
                    .isEqualTo(MANIFEST);
        }

        @Test
        void refusedNamesTheSourceAndHidesTheSecret() {
            registry.demandBasic("alice", "s3cret");

            BuildException letter =
                    letter(() -> clientWith(login("alice", "wr0ng")).manifest(registry.image("app:1")));
            assertThat(letter.code()).isEqualTo(FailureCode.REGISTRY_DENIED);
            assertThat(letter.what()).contains("user \"alice\" from /a/file", "who are you?");
            assertThat(letter.letter()).doesNotContain("wr0ng");
        }

        @Test
        void missingTellsWhereItWasLookedFor() {
            registry.demandBasic("alice", "s3cret");
            CredentialLookup empty = DockerConfigCredentials.of(Map.of("HOME", "/nowhere", "XDG_RUNTIME_DIR", "/none"));

            BuildException letter = letter(() -> client(settings(), empty).manifest(registry.image("app:1")));
            assertThat(letter.code()).isEqualTo(FailureCode.REGISTRY_DENIED);
            assertThat(letter.what()).contains("/none/containers/auth.json", "/nowhere/.docker/config.json");
        }

        @Test
        void anonymousTokensAreFetchedOncePerScope() throws Exception {
            Descriptor layer = layerIn("app");
            registry.putManifest("app", "1", MANIFEST);
            registry.demandBearer(null);
            RegistryClient client = client();

            client.manifest(registry.image("app:1"));
            read(client.blob(registry.image("app"), layer));
            read(client.blob(registry.image("app"), layer));

            List<LoopbackRegistry.Seen> asked = registry.seen().stream()
                    .filter(seen -> seen.path().equals("/token"))
                    .toList();
            assertThat(asked).hasSize(1);
            assertThat(asked.get(0).query()).isEqualTo("service=loopback&scope=repository%3Aapp%3Apull");
        }

        @Test
        void expiredTokensAreRenewed() throws InterruptedException {
            registry.putManifest("app", "1", MANIFEST);
            registry.demandBearer(LoopbackRegistry.basic("alice", "s3cret"));
            RegistryClient client = clientWith(login("alice", "s3cret"));
            client.manifest(registry.image("app:1"));

            registry.renewToken();

            assertThat(client.manifest(registry.image("app:1")).bytes()).isEqualTo(MANIFEST);
        }

        @Test
        void identityTokensAreExchanged() throws InterruptedException {
            registry.putManifest("app", "1", MANIFEST);
            registry.demandBearer("refresh/me=");
            RegistryCredential identity = new RegistryCredential.IdentityToken("refresh/me=", "/a/file");

            assertThat(clientWith(identity).manifest(registry.image("app:1")).bytes())
                    .isEqualTo(MANIFEST);
            assertThat(registry.seenLines()).contains("POST /token");
        }

        @Test
        void refusedByTheTokenServiceIsTold() {
            registry.demandBearer(LoopbackRegistry.basic("alice", "s3cret"));

            BuildException letter =
                    letter(() -> clientWith(login("alice", "wr0ng")).manifest(registry.image("app:1")));
            assertThat(letter.code()).isEqualTo(FailureCode.REGISTRY_DENIED);
            assertThat(letter.what()).contains("/token", "incorrect username or password", "/a/file");
        }

        @Test
        void secretsDoNotTravelInTheClear() {
            registry.demandBearerFrom("http://tokens.invalid/token");

            BuildException letter =
                    letter(() -> clientWith(login("alice", "s3cret")).manifest(registry.image("app:1")));
            assertThat(letter.code()).isEqualTo(FailureCode.REGISTRY_DENIED);
            assertThat(letter.what()).contains("http://tokens.invalid/token", "in the clear");
        }
    }

    @Nested
    class Pushes {
        @Test
        void uploadInOneRequest() throws InterruptedException {
            List<Long> progress = new ArrayList<>();

            BlobDelivery delivery = client().pushBlob(
                            registry.image("app"), layer(), List.of(), () -> new ByteArrayInputStream(LAYER), total -> {
                                synchronized (progress) {
                                    progress.add(total);
                                }
                            });

            assertThat(delivery).isEqualTo(BlobDelivery.UPLOADED);
            assertThat(registry.blob("app", layer().digest())).isEqualTo(LAYER);
            assertThat(progress).isSorted().endsWith((long) LAYER.length);
        }

        @Test
        void followRelativeLocations() throws InterruptedException {
            registry.answerRelativeLocations();

            assertThat(push("app", List.of())).isEqualTo(BlobDelivery.UPLOADED);
        }

        @Test
        void sendNothingThatIsThere() throws InterruptedException {
            layerIn("app");

            assertThat(push("app", List.of())).isEqualTo(BlobDelivery.PRESENT);
            assertThat(registry.seenLines()).noneMatch(line -> line.startsWith("P"));
        }

        @Test
        void mountFromARepositoryThatHasIt() throws InterruptedException {
            layerIn("library/debian");

            assertThat(push("app", List.of("other", "library/debian"))).isEqualTo(BlobDelivery.MOUNTED);
            assertThat(registry.blob("app", layer().digest())).isEqualTo(LAYER);
            assertThat(registry.seenLines()).noneMatch(line -> line.startsWith("PUT"));
        }

        @Test
        void uploadWhatCannotBeMounted() throws InterruptedException {
            assertThat(push("app", List.of("other"))).isEqualTo(BlobDelivery.UPLOADED);
        }

        @Test
        void lookBeforeTheySendAgain() throws InterruptedException {
            registry.next(exchange -> {
                if (!exchange.getRequestMethod().equals("PUT")) {
                    return false;
                }
                registry.putBlob("app", exchange.getRequestBody().readAllBytes());
                exchange.sendResponseHeaders(504, -1);
                return true;
            });

            push("app", List.of());

            assertThat(registry.seenLines().stream().filter(line -> line.startsWith("PUT")))
                    .hasSize(1);
        }

        @Test
        void surviveAHangUp() throws InterruptedException {
            registry.next(hangUp("PUT"));

            push("app", List.of());

            assertThat(registry.blob("app", layer().digest())).isEqualTo(LAYER);
        }

        @Test
        void areGivenUpWithTheRegistrysReason() {
            registry.next(status("PUT", 413, Map.of()));

            BuildException letter = letter(() -> push("app", List.of()));
            assertThat(letter).isInstanceOf(TransferFailed.class);
            assertThat(letter.what()).contains("HTTP 413");
        }

        @Test
        void ofAnUnreadableSourceBlameTheSource() {
            BuildException letter = letter(() -> client().pushBlob(
                            registry.image("app"),
                            layer(),
                            List.of(),
                            () -> new InputStream() {
                                @Override
                                public int read() throws IOException {
                                    throw new IOException("/store/blob: disk error");
                                }

                                @Override
                                public int read(byte[] buffer, int offset, int length) throws IOException {
                                    return read();
                                }
                            },
                            total -> {}));
            assertThat(letter.what()).contains("cannot be read: /store/blob: disk error");
        }

        @Test
        void ofUnknownDigestGoChunkByChunk() throws InterruptedException {
            byte[] large = randomBytes(17 << 20);

            Descriptor pushed = client().pushBlob(
                            registry.image("app"), MediaType.OCI_LAYER, new ByteArrayInputStream(large), total -> {});

            assertThat(pushed).isEqualTo(new Descriptor(MediaType.OCI_LAYER, Digest.of(large), large.length));
            assertThat(registry.blob("app", pushed.digest())).isEqualTo(large);
            assertThat(registry.seen().stream().flatMap(seen -> seen.header("Content-Range").stream()))
                    .containsExactly("0-8388607", "8388608-16777215", "16777216-" + (large.length - 1));
        }

        @Test
        void repeatAChunkThatGotLost() throws InterruptedException {
            byte[] large = randomBytes(9 << 20);
            registry.next(status("PATCH", 503, Map.of()));

            Descriptor pushed = client().pushBlob(
                            registry.image("app"), MediaType.OCI_LAYER, new ByteArrayInputStream(large), total -> {});

            assertThat(registry.blob("app", pushed.digest())).isEqualTo(large);
        }

        @Test
        void ofNothingWork() throws InterruptedException {
            Descriptor empty = new Descriptor(MediaType.OCI_LAYER, Digest.of(new byte[0]), 0);

            client().pushBlob(
                            registry.image("app"),
                            empty,
                            List.of(),
                            () -> new ByteArrayInputStream(new byte[0]),
                            total -> {});

            assertThat(registry.blob("app", empty.digest())).isEmpty();
        }

        private BlobDelivery push(String repository, List<String> mountFrom) throws InterruptedException {
            return client().pushBlob(
                            registry.image(repository),
                            layer(),
                            mountFrom,
                            () -> new ByteArrayInputStream(LAYER),
                            total -> {});
        }
    }

    @Test
    void anInterruptEndsACall() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> client().manifest(registry.image("app:1"))).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }
}
