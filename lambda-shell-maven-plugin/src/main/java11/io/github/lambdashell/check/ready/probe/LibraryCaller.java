package io.github.lambdashell.check.ready.probe;

/**
 * The caller that loads a library for {@link LibraryProbe}, which defines this class in the package's class loader: the JVM
 * binds a library to the loader of its caller, where JNI_OnLoad then finds the package's classes.
 */
public final class LibraryCaller {
    private LibraryCaller() {}

    /** Loads a library by its name or absolute path. */
    public static void load(String library) {
        if (library.startsWith("/")) {
            System.load(library);
        } else {
            System.loadLibrary(library);
        }
    }
}
