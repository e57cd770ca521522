package io.github.lambdashell;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackagesTest {
    private static final String ROOT = "io.github.lambdashell.";

    /** Top to bottom: a package may use those below it. The local endpoint stands apart, as AWS does. */
    private static final List<String> LAYERS =
            List.of("mojo", "console", "report", "check", "session", "invoke", "stack", "aws", "local", "config");

    private final JavaClasses classes = new ClassFileImporter()
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
        layers.check(classes);
    }

    @Test
    void theLocalEndpointIsReachedThroughItsFrontDoorOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "local..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "local.*..")
                .check(classes);
    }

    @Test
    void onlyTheGoalsKnowMaven() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "mojo..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.maven..", "org.codehaus.plexus..")
                .check(classes);
    }

    @Test
    void onlyTheConsoleKnowsTheTerminal() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "console..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jline..")
                .check(classes);
    }
}
