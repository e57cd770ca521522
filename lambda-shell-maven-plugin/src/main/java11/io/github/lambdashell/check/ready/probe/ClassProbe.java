package io.github.lambdashell.check.ready.probe;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program that loads classes as Lambda's runtime loads a handler: the class, its superclasses, every class that its
 * code names, and its static initializer.
 */
public final class ClassProbe {
    private static final Pattern VERSION = Pattern.compile("^(\\S+) has been compiled .*?class file version (\\d+)");
    /** A class file of Java n has the version n + 44. */
    private static final int VERSION_OF_JAVA_0 = 44;

    private ClassProbe() {}

    /** @param args names of classes, optionally with {@code ::} and a method */
    public static void main(String[] args) {
        for (String arg : args) {
            String[] parts = arg.split("::", 2);
            String problem;
            try {
                problem = problem(parts[0], parts.length > 1 ? parts[1] : null);
            } catch (LinkageError e) {
                problem = "does not load: " + message(e, parts[0]);
            } catch (ReflectiveOperationException | IOException e) {
                problem = "does not load: " + e;
            }
            System.out.println(
                    problem == null
                            ? "ok - " + arg + " loads on " + java()
                            : "not ok - " + arg + " " + problem.replace('\n', ' '));
        }
        // A static initializer may have started threads.
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static String problem(String name, String method) throws ReflectiveOperationException, IOException {
        ClassLoader loader = ClassProbe.class.getClassLoader();
        byte[] content;
        try (InputStream in = loader.getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                return "is not on the class path: " + classPath() + hint(name);
            }
            content = in.readAllBytes();
        }
        Class<?> loaded = Class.forName(name, false, loader);
        for (String named : namedClasses(content)) {
            try {
                Class.forName(named, false, loader);
            } catch (ClassNotFoundException e) {
                return "needs " + named + ", which is not on the class path: " + classPath() + hint(named);
            }
        }
        // The classes in the signatures of its members are not in the constant pool.
        loaded.getDeclaredFields();
        loaded.getDeclaredConstructors();
        boolean found = Arrays.stream(loaded.getDeclaredMethods())
                .anyMatch(any -> any.getName().equals(method));
        found |=
                Arrays.stream(loaded.getMethods()).anyMatch(any -> any.getName().equals(method));
        Class.forName(name, true, loader);
        return method == null || found ? null : "loads, but has no method " + method;
    }

    /** Returns the classes in a class file's constant pool, by the Java Virtual Machine Specification, 4.4. */
    private static Set<String> namedClasses(byte[] classFile) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        in.skipBytes(8);
        int count = in.readUnsignedShort();
        Map<Integer, String> texts = new HashMap<>();
        Set<Integer> classes = new LinkedHashSet<>();
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1:
                    texts.put(i, in.readUTF());
                    break;
                case 7:
                    classes.add(in.readUnsignedShort());
                    break;
                case 8:
                case 16:
                case 19:
                case 20:
                    in.skipBytes(2);
                    break;
                case 15:
                    in.skipBytes(3);
                    break;
                case 5:
                case 6:
                    in.skipBytes(8);
                    i++;
                    break;
                default:
                    in.skipBytes(4);
                    break;
            }
        }
        Set<String> names = new LinkedHashSet<>();
        for (int index : classes) {
            String name = texts.get(index);
            if (name.startsWith("[")) {
                name = name.replaceFirst("^\\[+L?", "").replaceFirst(";$", "");
            }
            // One letter is an array of a primitive type.
            if (name.length() > 1) {
                names.add(name.replace('/', '.'));
            }
        }
        return names;
    }

    private static String message(LinkageError error, String name) {
        Matcher version = VERSION.matcher(String.valueOf(error.getMessage()));
        if (error instanceof UnsupportedClassVersionError && version.find()) {
            int compiled = Integer.parseInt(version.group(2));
            String subject = version.group(1).replace('/', '.');
            return (subject.equals(name) ? "it" : subject) + " is compiled for Java " + (compiled - VERSION_OF_JAVA_0)
                    + " (class file version " + compiled + "), but this is " + java() + ", which reads up to "
                    + System.getProperty("java.class.version").replaceFirst("\\.0$", "");
        }
        if (error instanceof NoClassDefFoundError && error.getCause() instanceof ClassNotFoundException) {
            String missing = error.getCause().getMessage();
            return "it needs " + missing + ", which is not on the class path: " + classPath() + hint(missing);
        }
        if (error instanceof ExceptionInInitializerError) {
            return "its static initializer failed with " + error.getCause();
        }
        return error.toString();
    }

    private static String java() {
        return "Java " + System.getProperty("java.version");
    }

    /** Returns where a class that is not found may be: in the layout of Spring Boot's jars, or in a layer. */
    private static String hint(String name) {
        String[] entries = System.getProperty("java.class.path").split(":");
        String file = "BOOT-INF/classes/" + name.replace('.', '/') + ".class";
        if (new File(entries[0], file).exists()) {
            return "; it is in BOOT-INF/classes, where Lambda does not look for it";
        }
        boolean hasLayers =
                Arrays.stream(entries).anyMatch(entry -> entry.contains("/java/lib/") && entry.endsWith(".jar"));
        return hasLayers ? "" : "; is it in a layer? Then configure layers";
    }

    /** Returns this JVM's class path in short: its first folder, and the number of jars. */
    private static String classPath() {
        String[] entries = System.getProperty("java.class.path").split(":");
        StringBuilder folders = new StringBuilder(entries[0]);
        int jars = 0;
        for (String entry : entries) {
            jars += entry.endsWith(".jar") || entry.endsWith(".JAR") ? 1 : 0;
        }
        return folders + " and " + jars + (jars == 1 ? " jar" : " jars");
    }
}
