package org.jbuildah.engine;

import java.nio.file.Path;
import org.jbuildah.engine.api.ModeOptions;
import org.jbuildah.engine.remote.HelperServer;

/** The main class of the JVM in a helper container. Not for users: it is spoken to on its standard input. */
public final class HelperMain {
    private HelperMain() {}

    /** @param arguments the directory of the store */
    public static void main(String[] arguments) {
        HelperServer.serve(Path.of(arguments[0]), (store, driver, events) -> new LazyWorkers(store.root(), events)
                .door(ModeOptions.DEFAULT.withStorageDriver(driver)));
    }
}
