package io.github.lambdashell.check.ready.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The faults that a place has by itself: versions of Java, lost attributes of manifests, and signatures. */
final class JarMetadata {
    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/(\\d+)/(.+\\.class)");
    private static final Pattern SIGNATURE =
            Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)", Pattern.CASE_INSENSITIVE);

    private final Findings findings;

    JarMetadata(Findings findings) {
        this.findings = findings;
    }

    /** @param java the Java version of the runtime */
    void report(Place place, int java) throws IOException {
        newerClasses(place, java);
        versions(place, java);
        signatures(place);
    }

    private void newerClasses(Place place, int java) throws IOException {
        Map<Integer, List<String>> newer = new TreeMap<>();
        for (String file : place.classes()) {
            int version;
            try (InputStream in = place.open(file)) {
                version = ClassFile.javaVersion(in);
            }
            String name = DuplicateClasses.name(file);
            if (version > java && !findings.accepts(name, place.name())) {
                newer.computeIfAbsent(version, key -> new ArrayList<>()).add(name);
            }
        }
        newer.forEach((version, names) -> findings.problem(
                "places with classes for a newer Java",
                Findings.some(names) + " in " + place + (names.size() == 1 ? " is" : " are") + " compiled for Java "
                        + version + ", but the runtime is Java " + java
                        + ", which throws UnsupportedClassVersionError; compile for it (maven.compiler.release), or choose a"
                        + " newer runtime"));
    }

    private void versions(Place place, int java) throws IOException {
        if (place.isMultiRelease()) {
            return;
        }
        TreeSet<String> lost = new TreeSet<>();
        for (String file : place.files("META-INF/versions/", ".class")) {
            Matcher versioned = VERSIONED.matcher(file);
            if (versioned.matches()
                    && Integer.parseInt(versioned.group(1)) <= java
                    && !file.endsWith("module-info.class")) {
                String name = DuplicateClasses.name(versioned.group(2));
                if (!findings.accepts(name, place.name(), file)) {
                    lost.add(name);
                }
            }
        }
        if (!lost.isEmpty()) {
            String cause = place.isFolder()
                    ? "the JVM ignores it in a folder, whatever the manifest says; put these libraries as jars into lib/"
                    : "its manifest lacks Multi-Release: true, so the JVM ignores it; add it (maven-shade-plugin:"
                            + " ManifestResourceTransformer)";
            findings.problem(
                    "places with lost META-INF/versions",
                    place + " has " + Findings.some(lost) + " in META-INF/versions, but " + cause);
        }
    }

    private void signatures(Place place) throws IOException {
        List<String> files = place.files("META-INF/", "").stream()
                .filter(file -> SIGNATURE.matcher(file).matches())
                .filter(file -> !findings.accepts(file, place.name()))
                .collect(Collectors.toList());
        if (files.isEmpty()) {
            return;
        }
        String remedy =
                "; exclude META-INF/*.SF, *.RSA, *.DSA and *.EC when jars are merged (maven-shade-plugin: filters)";
        if (place.isFolder()) {
            findings.problem(
                    "places with signatures",
                    place + " has " + Findings.some(files)
                            + " of a signed jar that was merged into the package; as a jar,"
                            + " it fails with SecurityException" + remedy);
            return;
        }
        try (JarFile jar = new JarFile(place.path().toFile(), true)) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                try (InputStream in = jar.getInputStream(entries.nextElement())) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
            }
        } catch (SecurityException e) {
            findings.problem(
                    "places with signatures",
                    place + " has " + Findings.some(files)
                            + ", which do not fit its content, so its classes do not load"
                            + " (java.lang.SecurityException: " + e.getMessage() + ")" + remedy);
        }
    }
}
