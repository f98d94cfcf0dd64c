package org.jbuildah.engine.lint;

import java.util.Locale;

/**
 * {@code EXPOSE 80/TCP}: the protocol in capitals.
 *
 * @see <a href="https://docs.docker.com/reference/build-checks/expose-proto-casing/">Docker: build checks, ExposeProtoCasing</a>
 */
final class ExposeProtoCasing implements StageRule {
    @Override
    public String description() {
        return "The protocol of EXPOSE is written in lower case.";
    }

    @Override
    public void judge(StageView stage, Findings findings) {
        ExposedPorts.of(stage).forEach(port -> {
            String protocol = port.protocol();
            if (!protocol.equals(protocol.toLowerCase(Locale.ROOT))) {
                findings.report(
                        port.place(),
                        "EXPOSE " + port.written() + " has its protocol in capitals; write \""
                                + protocol.toLowerCase(Locale.ROOT) + "\".");
            }
        });
    }
}
