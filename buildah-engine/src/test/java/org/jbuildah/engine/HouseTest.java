package org.jbuildah.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The picture of the house, as the manual's page "Architecture" draws it: a room uses rooms below it, and no other. */
class HouseTest {
    private static final String ROOT = "org.jbuildah.engine";

    /** Floors from the top; rooms on one floor do not know each other. The empty name is the root package. */
    private static final List<Set<String>> FLOORS = List.of(
            Set.of("cli"),
            Set.of(""),
            Set.of("remote"),
            Set.of("build", "lint"),
            Set.of("plan", "host", "cache", "transport"),
            Set.of("tree", "worker", "fetch"),
            Set.of("isolation", "snapshot"),
            Set.of("content"),
            Set.of("dockerfile", "context", "registry", "rootfs"),
            Set.of("layer", "http"),
            Set.of("api", "progress"),
            Set.of("oci", "linux"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void everyClassLivesInARoomOfThePicture() {
        Set<String> rooms = FLOORS.stream().flatMap(Set::stream).collect(Collectors.toSet());

        Set<String> found = CLASSES.stream().map(HouseTest::room).collect(Collectors.toSet());

        assertThat(found).isEqualTo(rooms);
    }

    @Test
    void aRoomUsesOnlyRoomsBelowIt() {
        List<String> wrong = new ArrayList<>();
        for (JavaClass from : CLASSES) {
            from.getDirectDependenciesFromSelf().stream()
                    .filter(dependency ->
                            dependency.getTargetClass().getPackageName().startsWith(ROOT))
                    .filter(dependency -> !mayUse(room(from), room(dependency.getTargetClass())))
                    .forEach(dependency -> wrong.add(dependency.getDescription()));
        }

        assertThat(wrong).isEmpty();
    }

    /** api speaks of digests, progress of api: both on one floor, api below. */
    private static boolean mayUse(String from, String to) {
        return from.equals(to) || floor(from) < floor(to) || (from.equals("progress") && to.equals("api"));
    }

    @Test
    void isolationAndSnapshotAreUsedByTheWorkerOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, ROOT + ".worker", ROOT + ".isolation", ROOT + ".snapshot")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".isolation", ROOT + ".snapshot")
                .check(CLASSES);
    }

    @Test
    void nativeCallsAreMadeInOneRoom() {
        onlyIn("linux", "jnr..");
    }

    /** Image documents in oci; tokens and credential files in registry, which are no part of an image. The worker only names the jar. */
    @Test
    void jsonIsReadAndWrittenInTwoRooms() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".oci", ROOT + ".registry")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.google.gson..")
                .check(CLASSES);
    }

    @Test
    void httpIsSpokenInOneRoom() {
        onlyIn("http", "java.net.http..");
    }

    @Test
    void theCommandLineLibraryIsKnownToTheCommandLineOnly() {
        onlyIn("cli", "picocli..");
    }

    @Test
    void theEngineKnowsNothingOfMaven() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.maven..")
                .check(CLASSES);
    }

    private static void onlyIn(String room, String library) {
        classes()
                .that()
                .resideOutsideOfPackage(ROOT + "." + room)
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackage(library)
                .check(CLASSES);
    }

    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    }

    private static int floor(String room) {
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            if (FLOORS.get(floor).contains(room)) {
                return floor;
            }
        }
        throw new IllegalArgumentException("no room \"" + room + "\" in the picture");
    }
}
