package org.jbuildah.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jbuildah.engine.api.RequestInvalid;
import org.junit.jupiter.api.Test;

class ProxyEnvironmentTest {
    private static final Map<String, String> ONE_PROXY = Map.of("HTTPS_PROXY", "http://proxy.corp:3128");

    private static String chosen(Map<String, String> variables, String uri) {
        Proxy proxy = ProxyEnvironment.of(variables)
                .orElseThrow()
                .select(URI.create(uri))
                .get(0);
        return proxy.address() instanceof InetSocketAddress address
                ? address.getHostString() + ":" + address.getPort()
                : "direct";
    }

    private static String chosenExcept(String noProxy, String uri) {
        Map<String, String> variables = new HashMap<>(ONE_PROXY);
        variables.put("NO_PROXY", noProxy);
        return chosen(variables, uri);
    }

    @Test
    void withoutVariablesTheJvmDecides() {
        assertThat(ProxyEnvironment.of(Map.of("PATH", "/bin"))).isEmpty();
    }

    @Test
    void eachSchemeHasItsVariable() {
        assertThat(chosen(ONE_PROXY, "https://r.example/v2/")).isEqualTo("proxy.corp:3128");
        assertThat(chosen(ONE_PROXY, "http://r.example/v2/")).isEqualTo("direct");
        assertThat(chosen(Map.of("ALL_PROXY", "proxy.corp"), "http://r.example/"))
                .isEqualTo("proxy.corp:80");
    }

    @Test
    void lowerCaseWins() {
        assertThat(chosen(Map.of("https_proxy", "http://a:1", "HTTPS_PROXY", "http://b:2"), "https://r.example/"))
                .isEqualTo("a:1");
    }

    @Test
    void loopbackIsNeverProxied() {
        assertThat(chosen(ONE_PROXY, "https://localhost:5000/v2/")).isEqualTo("direct");
        assertThat(chosen(ONE_PROXY, "https://127.0.0.9/v2/")).isEqualTo("direct");
        assertThat(chosen(ONE_PROXY, "https://[::1]:5000/v2/")).isEqualTo("direct");
    }

    @Test
    void exceptionsAreHostsDomainsPortsAndBlocks() {
        assertThat(chosenExcept("r.example", "https://r.example/")).isEqualTo("direct");
        assertThat(chosenExcept("x, .example", "https://r.example/")).isEqualTo("direct");
        assertThat(chosenExcept("example", "https://r.example/")).isEqualTo("direct");
        assertThat(chosenExcept("r.example:443", "https://r.example:5000/")).isEqualTo("proxy.corp:3128");
        assertThat(chosenExcept("r.example:5000", "https://r.example:5000/")).isEqualTo("direct");
        assertThat(chosenExcept("ample", "https://r.example/")).isEqualTo("proxy.corp:3128");
        assertThat(chosenExcept("10.1.0.0/16", "https://10.1.2.3:5000/")).isEqualTo("direct");
        assertThat(chosenExcept("10.1.0.0/16", "https://10.2.2.3:5000/")).isEqualTo("proxy.corp:3128");
        assertThat(chosenExcept("fd00::/8", "https://[fd12::1]/")).isEqualTo("direct");
        assertThat(chosenExcept("*", "https://r.example/")).isEqualTo("direct");
    }

    @Test
    void otherKindsOfProxiesAreRefusedWithoutTellingThePassword() {
        assertThatThrownBy(() -> ProxyEnvironment.of(Map.of("ALL_PROXY", "socks5://me:s3cret@proxy:1080")))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining("socks5")
                .hasMessageNotContaining("s3cret");
    }
}
