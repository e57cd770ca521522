package io.github.lambdashell.check.ready.probe;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program that loads a handler, or another class, by AWS's official runtime interface client, which has to be on the
 * class path: with its class loader, and in its words. Then it loads the classes that the package's classes name.
 */
public final class ClassProbe {
    /** The exit code after a result. With any other one, something else ended the JVM. */
    private static final int FINISHED = 42;

    private static final int NOT_CHECKED = 43;
    private static final int MAX_SHOWN = 10;
    /** The classes of libraries that the project's classes name, and those that these name. */
    private static final int DEPTH_IN_LIBRARIES = 2;

    private static final Set<String> HANDLED =
            Set.of("java.lang.NoClassDefFoundError", "java.lang.ClassNotFoundException", "java.lang.LinkageError");
    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.";
    private static final Pattern VERSION = Pattern.compile("class file version (\\d+)");
    /** A class file of Java n has the version n + 44. */
    private static final int VERSION_OF_JAVA_0 = 44;

    private final URLClassLoader loader;
    /** The maximum depth that is configured, 0 for none. */
    private final int maxDepth;

    private final Pattern ignored;
    private final Map<String, Integer> depths = new HashMap<>();
    private final Map<String, String> namedBy = new HashMap<>();
    private final Map<String, String> problems = new LinkedHashMap<>();
    private final Deque<String> unread = new ArrayDeque<>();
    private int projects;
    private int libraries;

    private ClassProbe(URLClassLoader loader, int maxDepth, Pattern ignored) {
        this.loader = loader;
        this.maxDepth = maxDepth;
        this.ignored = ignored;
    }

    /**
     * @param args {@code handler} or {@code class}, its name, the maximum depth or 0, a pattern of classes that may be missing,
     *     the folder of the package, and that of Java's layers
     */
    public static void main(String[] args) throws IOException {
        PrintStream results = System.out;
        // The output of constructors and static initializers.
        System.setOut(System.err);
        try {
            URLClassLoader loader = customerClassLoader(args[4], args[5]);
            Thread.currentThread().setContextClassLoader(loader);
            ClassProbe probe = new ClassProbe(loader, Integer.parseInt(args[2]), Pattern.compile(args[3]));
            if (args[0].equals("handler")) {
                probe.loadHandler(args[1]);
            } else {
                probe.loadClass(args[1]);
            }
            probe.print(args[1], results);
        } catch (ReflectiveOperationException | LinkageError e) {
            System.err.println("AWS's runtime interface client for Java is not in "
                    + System.getProperty("java.class.path") + ", or has changed: " + e);
            Runtime.getRuntime().halt(NOT_CHECKED);
        }
        // A static initializer may have started threads.
        results.flush();
        Runtime.getRuntime().halt(FINISHED);
    }

    /** Creates the class loader of AWSLambda.main, which is not public. */
    static URLClassLoader customerClassLoader(String task, String layers) throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName(CLIENT + "CustomerClassLoader")
                .getDeclaredConstructor(String.class, String.class, ClassLoader.class);
        constructor.setAccessible(true);
        URLClassLoader loader =
                (URLClassLoader) constructor.newInstance(task, layers, ClassLoader.getSystemClassLoader());
        Field field = Class.forName(CLIENT + "AWSLambda").getDeclaredField("customerClassLoader");
        field.setAccessible(true);
        field.set(null, loader);
        return loader;
    }

    private void loadHandler(String handler) throws ReflectiveOperationException, IOException {
        Method find = Class.forName(CLIENT + "AWSLambda")
                .getDeclaredMethod("findRequestHandler", String.class, ClassLoader.class);
        find.setAccessible(true);
        try {
            Object found = find.invoke(null, handler, loader);
            if (found.getClass().getSimpleName().equals("UserFaultHandler")) {
                String words = words(field(found, "fault"));
                boolean isMissing = words.startsWith("Class not found: ");
                problems.put("", ": " + words + (isMissing ? hint(handler.split("::")[0]) : ""));
            } else {
                follow(handler.split("::")[0]);
            }
        } catch (InvocationTargetException e) {
            boolean isFault = e.getCause().getClass().getSimpleName().equals("UserFault");
            problems.put("", ": " + (isFault ? words(e.getCause()) : e.getCause()));
        }
    }

    /** Returns the message of the client's UserFault, with the last cause of its stack trace. */
    private static String words(Object fault) throws ReflectiveOperationException {
        Object exception = field(fault, "exception");
        String words = field(fault, "msg") + (exception == null ? "" : ": " + exception);
        String trace = String.valueOf(field(fault, "trace"));
        int cause = trace.lastIndexOf("Caused by: ");
        if (cause >= 0) {
            words += "; caused by "
                    + trace.substring(cause + "Caused by: ".length()).split("\\R")[0];
        }
        return words + versions(words);
    }

    private static Object field(Object object, String name) throws ReflectiveOperationException {
        return object.getClass().getField(name).get(object);
    }

    private void loadClass(String name) throws IOException {
        try {
            Class<?> loaded = Class.forName(name, false, loader);
            // The classes in the signatures of its members are not in the constant pool.
            loaded.getDeclaredFields();
            loaded.getDeclaredConstructors();
            loaded.getDeclaredMethods();
            Class.forName(name, true, loader);
            follow(name);
        } catch (ClassNotFoundException e) {
            problems.put("", " is not on the class path: " + classPath() + hint(name));
        } catch (LinkageError e) {
            problems.put("", " does not load: " + words(e));
        }
    }

    /**
     * Loads the classes that a class names, those that they name, and so on: to the configured depth, or all that the
     * project's own classes name, and what these name where they are classes of libraries.
     */
    private void follow(String rootName) throws ClassNotFoundException, IOException {
        Class<?> root = Class.forName(rootName, false, loader);
        int limit = maxDepth > 0 ? maxDepth : DEPTH_IN_LIBRARIES;
        depths.put(rootName, 0);
        unread.add(rootName);
        for (String name = unread.poll(); name != null; name = unread.poll()) {
            int depth = depths.get(name);
            if (depth < limit) {
                boolean projects = isProjects(Class.forName(name, false, loader), root);
                Set<String> named = namedClasses(name);
                // A library's class that handles a missing class does so for an optional dependency.
                boolean optional = !projects && named.stream().anyMatch(HANDLED::contains);
                this.projects += projects ? 1 : 0;
                libraries += projects ? 0 : 1;
                for (String one : named) {
                    if (!depths.containsKey(one)) {
                        namedBy.put(one, name);
                        load(one, depth, root, optional);
                    }
                }
            }
        }
    }

    private void load(String name, int depth, Class<?> root, boolean optional) {
        try {
            Class<?> loaded = Class.forName(name, false, loader);
            // The others are the JDK's and the runtime's own.
            boolean packages = loaded.getClassLoader() == loader;
            if (maxDepth == 0 && depth == 0 && packages && isProjects(loaded, root)) {
                depths.put(name, 0);
                unread.addFirst(name);
            } else {
                depths.put(name, depth + 1);
                if (packages) {
                    unread.addLast(name);
                }
            }
        } catch (ClassNotFoundException e) {
            addMissing(name, name, optional);
        } catch (LinkageError e) {
            if (e instanceof NoClassDefFoundError && e.getCause() instanceof ClassNotFoundException) {
                addMissing(e.getCause().getMessage(), name, optional);
            } else if (!optional && !ignored.matcher(name).matches()) {
                problems.putIfAbsent(name, " needs " + name + ", which does not load: " + words(e) + ": " + path(name));
            }
        }
    }

    /** Returns whether a class is the project's, as far as a package shows it, which may have libraries merged into it. */
    private static boolean isProjects(Class<?> type, Class<?> root) {
        return type.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .equals(root.getProtectionDomain().getCodeSource().getLocation())
                && project(type.getName()).equals(project(root.getName()));
    }

    /** Returns the first two names of a class's package. */
    private static String project(String name) {
        String[] names = name.split("\\.");
        return String.join(".", Arrays.copyOf(names, Math.min(2, names.length - 1)));
    }

    private void addMissing(String missing, String name, boolean optional) {
        if (!optional && !ignored.matcher(missing).matches()) {
            String end = missing.equals(name) ? "" : " > " + missing;
            problems.putIfAbsent(
                    missing,
                    " needs " + missing + ", which is not on the class path (java.lang.NoClassDefFoundError: "
                            + missing.replace('.', '/') + "): " + path(name) + end + hint(missing));
        }
    }

    /** Returns the classes from the first one to a class, each of which names the next. */
    private String path(String name) {
        String from = namedBy.get(name);
        return from == null ? name : path(from) + " > " + name;
    }

    private void print(String name, PrintStream results) {
        int count = 0;
        for (String problem : problems.values()) {
            if (++count <= MAX_SHOWN) {
                results.println("not ok - " + name + problem.replace('\n', ' '));
            }
        }
        if (count > MAX_SHOWN) {
            results.println("not ok - " + name + " needs " + (count - MAX_SHOWN) + " more that do not load");
        }
        if (count == 0) {
            results.println("ok - " + name + " loads on " + java() + ", and so do the " + (depths.size() - 1)
                    + " classes that it needs: followed " + projects + " of the project and " + libraries
                    + " of libraries" + (maxDepth > 0 ? ", to depth " + maxDepth : ""));
        }
    }

    private Set<String> namedClasses(String name) throws IOException {
        try (InputStream content = loader.getResourceAsStream(name.replace('.', '/') + ".class")) {
            return content == null ? Set.of() : ClassFile.namedClasses(content.readAllBytes());
        }
    }

    private static String words(LinkageError error) {
        return error + (error.getCause() == null ? "" : "; caused by " + error.getCause()) + versions(error.toString());
    }

    /** Returns the Java versions of an error that has those of class files. */
    private static String versions(String error) {
        Matcher version = VERSION.matcher(error);
        return version.find()
                ? " (compiled for Java " + (Integer.parseInt(version.group(1)) - VERSION_OF_JAVA_0) + ", but this is "
                        + java() + ")"
                : "";
    }

    private static String java() {
        return "Java " + System.getProperty("java.version");
    }

    /** Returns where a class that is not found may be: in the layout of Spring Boot's jars, or in a layer. */
    private String hint(String name) {
        URL[] entries = loader.getURLs();
        if (new File(entries[0].getPath(), "BOOT-INF/classes/" + name.replace('.', '/') + ".class").exists()) {
            return "; it is in BOOT-INF/classes, where Lambda does not look for it";
        }
        boolean hasLayers =
                Arrays.stream(entries).anyMatch(entry -> entry.getPath().contains("/java/lib/"));
        return hasLayers ? "" : "; is it in a layer? Then configure layers";
    }

    private String classPath() {
        int jars = loader.getURLs().length - 1;
        return loader.getURLs()[0].getPath() + " and " + jars + (jars == 1 ? " jar" : " jars");
    }
}
