package io.github.lambdashell;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackagesTest {
    private static final String ROOT = "io.github.lambdashell.";

    /** Top to bottom: a package may use those below it. */
    private static final List<String> LAYERS =
            List.of("mojo", "run", "console", "report", "check", "session", "protocol", "stack", "target", "config");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.lambdashell");

    @Test
    void importsPointDownwardOnly() {
        var layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String layer : LAYERS) {
            layers = layers.layer(layer).definedBy(ROOT + layer + "..");
        }
        for (int i = 0; i < LAYERS.size(); i++) {
            String[] above = LAYERS.subList(0, i).toArray(String[]::new);
            layers = i == 0
                    ? layers.whereLayer(LAYERS.get(i)).mayNotBeAccessedByAnyLayer()
                    : layers.whereLayer(LAYERS.get(i)).mayOnlyBeAccessedByLayers(above);
        }
        layers.check(CLASSES);
    }

    @Test
    void targetsAreUsedThroughTheirInterface() {
        classes()
                .that()
                .resideInAnyPackage(ROOT + "target.aws..", ROOT + "target.local..")
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAnyPackage(ROOT + "target.aws..", ROOT + "target.local..", ROOT + "run")
                .check(CLASSES);
    }

    @Test
    void theTwoTargetsDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "target.local..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "target.aws..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "target.aws..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "target.local..")
                .check(CLASSES);
    }

    @ParameterizedTest(name = "only {0} uses {1}")
    @CsvSource({
        "mojo, org.apache.maven..",
        "mojo, org.codehaus.plexus..",
        "console, org.jline..",
        "target.aws, software.amazon.awssdk..",
        "target.aws, io.netty.."
    })
    void librariesHaveOneRoom(String room, String library) {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }
}
