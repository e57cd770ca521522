package io.github.lambdashell.check.ready;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The ready-made check that native libraries load in a JVM like the function's own.
 *
 * @param subjects the libraries, and classes that load one; not null
 */
public record LoadsLibrary(List<Subject> subjects) implements ReadyMade {
    /** Matches the name of a library without lib and .so, or its absolute path. */
    public static final String LIBRARY = "^((?!lib.*\\.so)[A-Za-z0-9_+-][A-Za-z0-9_.+-]*|/.*[^/])$";

    /** Matches the name of a method. */
    public static final String METHOD = "^[A-Za-z_$\\u0080-\\uffff][\\w$\\u0080-\\uffff]*$";

    public LoadsLibrary {
        subjects = List.copyOf(subjects);
    }

    /** The loader of a library. */
    public enum By {
        /** System.loadLibrary, or System.load for a path. */
        JVM,
        /** Java Native Access. */
        JNA
    }

    /**
     * A library, or a class that loads one.
     *
     * @param name a library's name or path, or a class's name; not null
     * @param option the loader of a library or the method of a class; empty for any loader, or for the static initializer
     */
    public record Subject(boolean isClass, String name, String option) {
        /** Returns a library, by its name or path, that any loader may load. */
        public static Subject library(String name) {
            return new Subject(false, name, "");
        }

        private String line() {
            return (isClass ? "class " : "library ") + (option.isEmpty() ? "-" : option) + " " + name;
        }

        @Override
        public String toString() {
            return isClass && !option.isEmpty() ? name + "." + option : name;
        }
    }

    @Override
    public String word() {
        return "loadsLibrary";
    }

    @Override
    public String values() {
        return subjects.stream().map(Subject::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String script() {
        return new Script("loads-library.bash")
                .folders()
                .elf()
                .set("entries", subjects.stream().map(Subject::line).collect(Collectors.joining("\n")))
                .probe("LibraryProbe", "LibraryCaller", "ClassProbe")
                .text();
    }
}
