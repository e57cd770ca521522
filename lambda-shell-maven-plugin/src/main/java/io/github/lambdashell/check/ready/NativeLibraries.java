package io.github.lambdashell.check.ready;

import java.util.List;

/**
 * The ready-made check that every ELF file of the package and its layers, also in jars, finds what it needs.
 *
 * @param ignored names of libraries that may be missing, with {@code *} and {@code ?}; not null
 */
public record NativeLibraries(List<String> ignored) implements ReadyMade {
    /** Matches the name of a library, with wildcards. */
    public static final String PATTERN = "^[A-Za-z0-9_.+*?-]+$";

    public NativeLibraries {
        ignored = List.copyOf(ignored);
    }

    @Override
    public String word() {
        return "nativeLibraries";
    }

    @Override
    public String script() {
        return new Script("native-libraries.bash")
                .folders()
                .set("ignored", String.join("\n", ignored))
                .elf()
                .probe("JarLibraries")
                .text();
    }
}
