package org.jbuildah.engine.lint;

/**
 * {@code EXPOSE 127.0.0.1:80:80}: an address or a port of the host, which EXPOSE passes over and which BuildKit means to refuse one day.
 *
 * @see <a href="https://docs.docker.com/reference/build-checks/expose-invalid-format/">Docker: build checks, ExposeInvalidFormat</a>
 */
final class ExposeInvalidFormat implements StageRule {
    @Override
    public String description() {
        return "EXPOSE names ports of the container only, without address or port of the host.";
    }

    @Override
    public void judge(StageView stage, Findings findings) {
        ExposedPorts.of(stage).forEach(port -> {
            if (port.hasHostPart()) {
                findings.report(
                        port.place(),
                        "EXPOSE " + port.written()
                                + " has an address or port of the host, which has no effect; write \""
                                + port.containerPart() + "\".");
            }
        });
    }
}
