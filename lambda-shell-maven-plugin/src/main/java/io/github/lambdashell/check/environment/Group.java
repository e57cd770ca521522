package io.github.lambdashell.check.environment;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A group of facts, in the order of lock files. */
public enum Group {
    /** The target, the runtime and the architecture; on AWS also the ARN of the runtime's version. */
    ENVIRONMENT("setting", "settings"),
    /** The operating system, its kernel and C library. */
    SYSTEM("system fact", "system facts"),
    /** The flags of the processor, without values. */
    CPU("CPU flag", "CPU flags"),
    /** The ids of the user and its groups. */
    USER("user fact", "user facts"),
    /** The limits of a process, soft and hard. */
    LIMITS("limit", "limits"),
    /** The mounted file systems: type, options, and size. */
    MOUNTS("mount", "mounts"),
    /** The environment variables, with values only where the check lists them. */
    VARIABLES("variable", "variables"),
    /** The version of the function's JVM and its options. */
    JAVA("JVM fact", "JVM facts"),
    /** The modules of the JDK. */
    MODULES("module", "modules"),
    /** The digests of the files with the certificates of trusted authorities. */
    CERTIFICATES("certificate bundle", "certificate bundles"),
    /** The packages of the operating system, by rpm or dpkg. */
    PACKAGES("package", "packages"),
    /** The programs on the PATH, with their folders. */
    PROGRAMS("program", "programs"),
    /** The configured layers. */
    LAYERS("layer", "layers"),
    /** The external extensions of the layers. */
    EXTENSIONS("extension", "extensions"),
    /** The libraries of the function's package and its layers, with their versions. */
    DEPENDENCIES("dependency", "dependencies");

    private final String singular;
    private final String plural;

    Group(String singular, String plural) {
        this.singular = singular;
        this.plural = plural;
    }

    /** Returns the name in files and configurations. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns a number of facts in words: {@code 3 packages}. */
    String count(int number) {
        return number + " " + (number == 1 ? singular : plural);
    }

    /** Returns the group of a name, empty for none. */
    public static Optional<Group> of(String word) {
        return Arrays.stream(values())
                .filter(group -> group.word().equals(word))
                .findFirst();
    }
}
