package io.github.lambdashell.check.ready.probe;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * A program that loads a native library as the package's own code would: by the JVM, by JNA, or by a class of the package.
 * The files of the libraries, loaded or not, are listed for the check, which then reads their headers.
 */
public final class LibraryProbe {
    /** The exit code after a result. With any other one, something else ended the JVM. */
    private static final int FINISHED = 42;

    private static final int NOT_CHECKED = 43;
    private static final String JNA = "com.sun.jna.NativeLibrary";

    private static final Pattern SYSTEM = Pattern.compile("/(usr/)?lib(64)?/");

    private final URLClassLoader loader;
    private final List<Path> roots;
    private final Path work;
    private final Set<String> mappedBefore;
    private final Set<Path> candidates = new TreeSet<>();
    private String result;

    private LibraryProbe(URLClassLoader loader, List<Path> roots, Path work) throws IOException {
        this.loader = loader;
        this.roots = roots;
        this.work = work;
        this.mappedBefore = mapped();
    }

    /**
     * @param args {@code library} or {@code class}, {@code JVM}, {@code JNA}, a method or a hyphen for none, the name, the
     *     folder of the package, that of the layers, and a folder to write to
     */
    public static void main(String[] args) throws IOException {
        PrintStream results = System.out;
        // The output of static initializers.
        System.setOut(System.err);
        try {
            URLClassLoader loader = ClassProbe.customerClassLoader(args[3], args[4] + "/java");
            Thread.currentThread().setContextClassLoader(loader);
            LibraryProbe probe =
                    new LibraryProbe(loader, List.of(Path.of(args[3]), Path.of(args[4])), Path.of(args[5]));
            if (args[0].equals("class")) {
                probe.loadByClass(args[2], args[1]);
            } else {
                probe.load(args[2], args[1]);
            }
            probe.listCandidates();
            results.println(probe.result.replaceAll("\\s*\\R\\s*", "; "));
        } catch (ReflectiveOperationException e) {
            System.err.println("AWS's runtime interface client for Java is not in "
                    + System.getProperty("java.class.path") + ", or has changed: " + e);
            System.exit(NOT_CHECKED);
        }
        results.flush();
        // Not halted, so that extracted libraries are deleted.
        System.exit(FINISHED);
    }

    private void load(String library, String by) throws ReflectiveOperationException, IOException {
        List<String> failures = new ArrayList<>();
        if (library.startsWith("/")) {
            candidates.add(Path.of(library));
        } else {
            candidates.addAll(inSearchedFolders(System.mapLibraryName(library)));
        }
        if (!by.equals("JNA")) {
            String loaded = library.startsWith("/") ? "System.load" : "System.loadLibrary";
            try {
                call(library);
                succeed(library, loaded);
                return;
            } catch (LinkageError e) {
                failures.add("by " + loaded + ": " + e.getMessage());
            }
        }
        boolean hasJna = loader.getResource(JNA.replace('.', '/') + ".class") != null;
        if (by.equals("JNA") || by.equals("-") && hasJna) {
            try {
                Class.forName(JNA, true, loader)
                        .getMethod("getInstance", String.class, ClassLoader.class)
                        .invoke(null, library, loader);
                succeed(library, "JNA");
                return;
            } catch (ClassNotFoundException e) {
                failures.add("by JNA: " + JNA + " is not on the class path; add net.java.dev.jna:jna");
            } catch (InvocationTargetException e) {
                failures.add("by JNA: " + jnaMessage(e.getCause()));
            } catch (LinkageError e) {
                failures.add("by JNA, whose own library does not load: " + e);
            }
        }
        result = "not ok - " + library + " does not load " + String.join("; ", failures) + hint(library);
    }

    /** Returns JNA's message, which has a line for each attempt, without repetitions and the class path. */
    private static String jnaMessage(Throwable error) {
        return String.valueOf(error.getMessage())
                .lines()
                .skip(1)
                .distinct()
                .map(line -> line.replaceFirst("in resource path \\(.*", "in the class path"))
                .collect(Collectors.joining("; "));
    }

    /** Loads a library from the class loader of the package. */
    private void call(String library) throws ReflectiveOperationException, IOException {
        byte[] classFile;
        try (InputStream in = LibraryCaller.class.getResourceAsStream("LibraryCaller.class")) {
            classFile = in.readAllBytes();
        }
        Method define =
                ClassLoader.class.getDeclaredMethod("defineClass", String.class, byte[].class, int.class, int.class);
        define.setAccessible(true);
        Class<?> caller =
                (Class<?>) define.invoke(loader, LibraryCaller.class.getName(), classFile, 0, classFile.length);
        try {
            caller.getMethod("load", String.class).invoke(null, library);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof LinkageError) {
                throw (LinkageError) e.getCause();
            }
            // JNI_OnLoad threw it.
            throw new UnsatisfiedLinkError(String.valueOf(e.getCause()));
        }
    }

    private void loadByClass(String name, String method) throws IOException {
        String subject = name + (method.equals("-") ? "" : "." + method + "()");
        try {
            Class<?> type = Class.forName(name, true, loader);
            Object returned = true;
            if (!method.equals("-")) {
                Method found = type.getDeclaredMethod(method);
                found.setAccessible(true);
                returned = found.invoke(null);
            }
            if (Boolean.FALSE.equals(returned)) {
                result = "not ok - " + subject + " returned false" + loaded();
            } else if (newlyMapped().isEmpty()) {
                result = "not ok - " + subject + " loads no native library"
                        + (method.equals("-") ? "; name the method that does" : "");
            } else {
                succeed(subject, "");
            }
        } catch (ClassNotFoundException e) {
            result = "not ok - " + name + " is not on the class path";
        } catch (NoSuchMethodException e) {
            result = "not ok - " + name + " has no method " + method + "()";
        } catch (NullPointerException e) {
            result = "not ok - " + subject + " is not static";
        } catch (IllegalAccessException e) {
            result = "not ok - " + subject + " is not accessible: " + e.getMessage();
        } catch (InvocationTargetException e) {
            result = "not ok - " + subject + " does not load its library: " + causes(e.getCause()) + loaded();
        } catch (LinkageError e) {
            result = "not ok - " + subject + " does not load its library: " + causes(e) + loaded();
        }
    }

    private static String causes(Throwable error) {
        String causes = error.toString();
        for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
            causes += "; caused by " + cause;
        }
        return causes;
    }

    private String loaded() throws IOException {
        return newlyMapped().isEmpty() ? "" : "; it loaded " + String.join(", ", newlyMapped());
    }

    private void succeed(String subject, String by) throws IOException {
        result = "ok - " + subject + " loads" + (by.isEmpty() ? "" : " by " + by)
                + (newlyMapped().isEmpty() ? "" : ": " + String.join(", ", newlyMapped()));
        candidates.clear();
        candidates.addAll(newlyMapped().stream().map(Path::of).collect(Collectors.toList()));
    }

    /** Returns the package's libraries in memory, and those that it extracted, which were not there at the start. */
    private Set<String> newlyMapped() throws IOException {
        Set<String> mapped = mapped();
        mapped.removeAll(mappedBefore);
        return mapped;
    }

    /** Returns the libraries in memory, apart from those of the JVM and the system, by proc(5). */
    private static Set<String> mapped() throws IOException {
        Set<String> files = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
            int path = line.indexOf('/');
            if (path > 0 && line.contains(" r-xp ")) {
                String file = line.substring(path).replace(" (deleted)", "");
                if (!file.startsWith(System.getProperty("java.home"))
                        && !SYSTEM.matcher(file).lookingAt()) {
                    files.add(file);
                }
            }
        }
        return files;
    }

    /** Returns the files that the JVM or JNA find in the folders that they search, also those with a version. */
    private static List<Path> inSearchedFolders(String fileName) {
        return folders().flatMap(folder -> list(folder.toFile(), fileName)).collect(Collectors.toList());
    }

    private static Stream<Path> folders() {
        return Stream.of("java.library.path", "jna.library.path")
                .flatMap(property -> Stream.of(System.getProperty(property, "").split(File.pathSeparator)))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of);
    }

    private static Stream<Path> list(File folder, String fileName) {
        File[] files = folder.listFiles(
                file -> file.getName().equals(fileName) || file.getName().startsWith(fileName + "."));
        return files == null ? Stream.empty() : Arrays.stream(files).sorted().map(File::toPath);
    }

    private static Stream<Path> find(File folder, String fileName) {
        File[] folders = folder.listFiles(file -> file.isDirectory() && !Files.isSymbolicLink(file.toPath()));
        return folders == null
                ? Stream.empty()
                : Stream.concat(list(folder, fileName), Arrays.stream(folders).flatMap(inner -> find(inner, fileName)));
    }

    /** Returns the places of a library that is in the package or its layers, but not found. */
    private String hint(String library) throws IOException {
        if (library.startsWith("/")) {
            return Files.exists(Path.of(library)) ? "" : "; the file does not exist";
        }
        String fileName = System.mapLibraryName(library);
        if (!candidates.isEmpty()) {
            Path found = candidates.iterator().next();
            return candidates.stream().anyMatch(candidate -> candidate.endsWith(fileName))
                    ? ""
                    : "; there is " + found + ", but the JVM looks for " + fileName
                            + "; add a link of that name beside it";
        }
        Optional<Path> elsewhere =
                roots.stream().flatMap(root -> find(root.toFile(), fileName)).findFirst();
        if (elsewhere.isPresent()) {
            candidates.add(elsewhere.get());
            return "; it is at " + elsewhere.get() + "; move it to lib/ of the package or a layer";
        }
        for (URL url : loader.getURLs()) {
            if (url.getPath().endsWith(".jar")) {
                try (JarFile jar = new JarFile(url.getPath())) {
                    for (ZipEntry entry : Collections.list(jar.entries())) {
                        if (entry.getName().endsWith("/" + fileName)
                                || entry.getName().equals(fileName)) {
                            return "; it is in " + url.getPath() + "!/" + entry.getName()
                                    + ", but not extracted; load it by its library's own class, or unpack it into lib/"
                                    + " of the package";
                        }
                    }
                }
            }
        }
        return "; the package and its layers do not have " + fileName;
    }

    /** Lists the files for the check. Files outside of the package are copied, because they may be deleted at the end. */
    private void listCandidates() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : candidates) {
            if (Files.isReadable(file)) {
                Path read = file;
                if (roots.stream().noneMatch(file::startsWith)) {
                    read = work.resolve("library-" + lines.size());
                    Files.copy(file, read, StandardCopyOption.REPLACE_EXISTING);
                }
                lines.add(read + "\t" + file);
            }
        }
        Files.write(work.resolve("files"), lines);
    }
}
