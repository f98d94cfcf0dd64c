package org.jbuildah.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The laws of {@link SnapshotStore}, which every driver keeps in every kind of namespace: {@link SnapshotScenarios}, {@link StackScenarios}. */
abstract class SnapshotStoreContract {
    private final String driver;
    private final List<Class<?>> more;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    /** @param more scenarios of this driver, besides those that every one must play */
    SnapshotStoreContract(String driver, List<Class<?>> more) {
        this.driver = driver;
        this.more = more;
    }

    @TestFactory
    List<DynamicTest> asRealRoot() throws Exception {
        return in(Namespace.REAL_ROOT);
    }

    @TestFactory
    List<DynamicTest> inAUserNamespaceWithAFullMap() throws Exception {
        return in(Namespace.FULL_MAP);
    }

    @TestFactory
    List<DynamicTest> inAUserNamespaceWithASingleId() throws Exception {
        return in(Namespace.SINGLE_ID);
    }

    /** What the driver needs and this machine does not have; empty when all is there. */
    String missing() {
        return "";
    }

    private List<DynamicTest> in(Namespace namespace) throws IOException, InterruptedException {
        String missing = missing();
        String obstacle = missing.isEmpty() ? namespace.obstacle() : missing;
        if (!obstacle.isEmpty()) {
            System.out.println("Skipped: " + obstacle);
        }
        assumeTrue(obstacle.isEmpty(), obstacle);
        List<DynamicTest> tests = new ArrayList<>();
        List<Class<?>> all = new ArrayList<>(List.of(SnapshotScenarios.class, StackScenarios.class));
        all.addAll(more);
        for (Class<?> some : all) {
            Map<String, String> results =
                    namespace.run(directory.resolve(some.getSimpleName() + "-" + namespace), driver, some);
            for (Method scenario : ScenarioProgram.methods(some)) {
                tests.add(DynamicTest.dynamicTest(
                        scenario.getName(),
                        () -> assertThat(results).as(results.toString()).containsEntry(scenario.getName(), "")));
            }
        }
        return tests;
    }
}
