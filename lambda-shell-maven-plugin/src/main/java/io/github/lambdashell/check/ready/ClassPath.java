package io.github.lambdashell.check.ready;

import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

/**
 * The ready-made check that the class path of the package and its layers has no known fault, such as a class in two jars
 * or a service that was lost when jars were merged.
 *
 * @param ignored names of classes, artifacts and files whose faults are accepted, with {@code *}; not null
 * @param build what the build knows of the package, not null
 */
public record ClassPath(List<String> ignored, BuildFiles build) implements ReadyMade {
    /** Matches a name that is accepted. */
    public static final String IGNORED = "^\\S+$";

    /** Describes such a name, to follow "must be". */
    public static final String IGNORED_RULE =
            "a class, a group:artifact or a path such as com.example.*, org.slf4j:slf4j-api or /var/task/lib/old.jar";

    public ClassPath {
        ignored = List.copyOf(ignored);
    }

    @Override
    public String word() {
        return "classPath";
    }

    @Override
    public ReadyMade of(Supplier<BuildFiles> build) {
        return new ClassPath(ignored, build.get());
    }

    @Override
    public String script() {
        return new Script("class-path.bash")
                .folders()
                .set("ignored", String.join("\n", ignored))
                .set("build", Base64.getEncoder().encodeToString(build.zip()))
                .probe(
                        "ClassPathProbe",
                        "ArtifactVersions",
                        "BuildZip",
                        "BuildZip$FileReader",
                        "ClassFile",
                        "DuplicateClasses",
                        "FileModes",
                        "FileModes$1",
                        "Findings",
                        "JarMetadata",
                        "Place",
                        "Registrations")
                .text();
    }
}
