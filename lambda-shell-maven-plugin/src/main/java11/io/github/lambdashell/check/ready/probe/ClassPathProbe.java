package io.github.lambdashell.check.ready.probe;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program that looks for faults of a function's class path, whose elements and order are those of the class loader of
 * AWS's official runtime interface client.
 */
public final class ClassPathProbe {
    private static final int NOT_CHECKED = 43;
    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.";
    private static final Pattern JAVA_RUNTIME = Pattern.compile("java(\\d+)\\b.*");

    private final Path task;
    private final Path opt;
    private final Findings findings;
    private final List<Place> places = new ArrayList<>();

    private ClassPathProbe(Path task, Path opt, Findings findings) {
        this.task = task;
        this.opt = opt;
        this.findings = findings;
    }

    /**
     * @param args the folder of the package, that of its layers, a folder of this user's, the facts that the build knows,
     *     the function's runtime, and names that the user accepts
     */
    public static void main(String[] args) throws IOException {
        ClassPathProbe probe = new ClassPathProbe(Path.of(args[0]), Path.of(args[1]), new Findings(args[5]));
        try (BuildZip build = new BuildZip(Path.of(args[3]))) {
            probe.run(Path.of(args[2]), build, javaVersion(args[4]), System.out);
        } catch (ReflectiveOperationException e) {
            System.err.println("AWS's runtime interface client for Java is not in "
                    + System.getProperty("java.class.path") + ", or has changed: " + e);
            System.exit(NOT_CHECKED);
        } catch (IOException e) {
            System.err.println("the package can't be read: " + e);
            System.exit(NOT_CHECKED);
        } finally {
            for (Place place : probe.places) {
                place.close();
            }
        }
    }

    /** Returns the Java version of a runtime; a machine may have another one locally. */
    private static int javaVersion(String runtime) {
        Matcher java = JAVA_RUNTIME.matcher(runtime);
        return java.matches()
                ? Integer.parseInt(java.group(1))
                : Runtime.version().feature();
    }

    private void run(Path own, BuildZip build, int java, PrintStream out)
            throws IOException, ReflectiveOperationException {
        FileModes modes = new FileModes(own, task, opt);
        List<String> files = modes.readableFiles(task);
        modes.readableFiles(opt);
        modes.report(build, findings);
        addRuntimes();
        addPackages(files);

        DuplicateClasses duplicates = new DuplicateClasses(places, findings);
        new ArtifactVersions(places, duplicates, findings).report();
        duplicates.report();
        new Registrations(places, findings).report(build);
        JarMetadata metadata = new JarMetadata(findings);
        int jars = 0;
        int classes = 0;
        for (Place place : places) {
            if (!place.isRuntimes()) {
                metadata.report(place, java);
                jars += place.isFolder() ? 0 : 1;
                classes += place.classes().size();
            }
        }
        findings.print(
                out,
                "the class path has no fault that is known: /var/task, " + Findings.count(jars, "jar", "jars") + " and "
                        + Findings.count(classes, "class", "classes") + " on Java " + java + ", compared with "
                        + Findings.count(build.dependencies(), "artifact", "artifacts") + " of the build");
    }

    /** Adds the runtime's own jars, which come first. */
    private void addRuntimes() throws IOException {
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(element);
            if (element.endsWith(".jar") && Files.isReadable(path)) {
                places.add(Place.jar(element, true, path));
            }
        }
    }

    /** Adds the elements of the client's class loader in its order. */
    private void addPackages(List<String> files) throws IOException, ReflectiveOperationException {
        Constructor<?> constructor = Class.forName(CLIENT + "CustomerClassLoader")
                .getDeclaredConstructor(String.class, String.class, ClassLoader.class);
        constructor.setAccessible(true);
        Object created = constructor.newInstance(
                task.toString(), opt.resolve("java").toString(), ClassLoader.getSystemClassLoader());
        try (URLClassLoader loader = (URLClassLoader) created) {
            for (URL url : loader.getURLs()) {
                Path path = Path.of(url.getPath()).normalize();
                String name = FileModes.onLambda(path, task, opt);
                if (Files.isDirectory(path)) {
                    places.add(Place.folder(name, path, files));
                } else if (Files.isReadable(path)) {
                    try {
                        places.add(Place.jar(name, false, path));
                    } catch (IOException e) {
                        findings.problem(
                                "unreadable jars",
                                name + " is not a readable jar: " + e.getMessage() + "; build the package again");
                    }
                }
            }
        }
    }
}
