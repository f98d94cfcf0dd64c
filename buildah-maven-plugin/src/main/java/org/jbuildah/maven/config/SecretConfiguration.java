package org.jbuildah.maven.config;

/** A secret for {@code RUN --mount=type=secret}, as {@code <secret>} in a pom: its id, and one of file, variable and server. */
public class SecretConfiguration {
    private String id = "";
    private String file = "";
    private String env = "";
    private String server = "";

    /** The name that the Dockerfile has for it, {@code id=NAME}. */
    public void setId(String value) {
        id = value;
    }

    /** A file that holds it, relative to the module. */
    public void setFile(String value) {
        file = value;
    }

    /** A variable of Maven's environment that holds it. */
    public void setEnv(String value) {
        env = value;
    }

    /** The id of a {@code <server>} of {@code settings.xml} whose password it is; encrypted ones are decrypted. */
    public void setServer(String value) {
        server = value;
    }

    String id() {
        return id;
    }

    String file() {
        return file;
    }

    String env() {
        return env;
    }

    String server() {
        return server;
    }
}
