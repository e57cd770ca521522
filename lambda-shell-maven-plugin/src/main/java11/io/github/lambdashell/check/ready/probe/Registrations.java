package io.github.lambdashell.check.ready.probe;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The classes that files of libraries register: providers of services, and plugins of Log4j 2. Jars have these files under
 * the same names, so that one replaces another where jars are merged.
 */
final class Registrations {
    private static final String SERVICES = "META-INF/services/";
    private static final String LOG4J = "META-INF/org/apache/logging/log4j/core/config/plugins/Log4j2Plugins.dat";
    /** Only compilers look it up. */
    private static final String PROCESSORS = SERVICES + "javax.annotation.processing.Processor";

    private final List<Place> places;
    private final Findings findings;
    private final Set<String> classes = new HashSet<>();
    /** The classes of the package that its files register, by file. */
    private final Map<String, Set<String>> registered = new HashMap<>();
    /** The classes that are lost, each with the dependency that registers it, by file. */
    private final Map<String, Set<String>> lost = new TreeMap<>();

    Registrations(List<Place> places, Findings findings) throws IOException {
        this.places = places;
        this.findings = findings;
        for (Place place : places) {
            if (!place.isRuntimes()) {
                classes.addAll(place.classes());
            }
            for (String file : place.files("META-INF/", "")) {
                if (file.startsWith(SERVICES) || file.equals(LOG4J)) {
                    try (InputStream in = place.open(file)) {
                        registered.computeIfAbsent(file, key -> new HashSet<>()).addAll(registrations(file, in));
                    }
                }
            }
        }
    }

    private static Set<String> registrations(String file, InputStream in) throws IOException {
        if (file.equals(LOG4J)) {
            return plugins(new DataInputStream(new BufferedInputStream(in)));
        }
        Set<String> providers = new TreeSet<>();
        new String(in.readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .forEach(providers::add);
        return providers;
    }

    /**
     * Returns the classes of a cache of plugins.
     *
     * @see <a href="https://github.com/apache/logging-log4j2/blob/2.x/log4j-core/src/main/java/org/apache/logging/log4j/core/config/plugins/processor/PluginCache.java">PluginCache</a>
     */
    private static Set<String> plugins(DataInputStream in) throws IOException {
        Set<String> plugins = new TreeSet<>();
        for (int categories = in.readInt(); categories > 0; categories--) {
            in.readUTF();
            for (int entries = in.readInt(); entries > 0; entries--) {
                in.readUTF();
                plugins.add(in.readUTF());
                in.readUTF();
                in.readBoolean();
                in.readBoolean();
            }
        }
        return plugins;
    }

    /** Reports what the build's dependencies register but the class path does not. */
    void report(BuildZip build) throws IOException {
        build.read((dependency, file, content) -> {
            if (!file.equals(PROCESSORS)) {
                for (String name : registrations(file, content)) {
                    boolean isPackaged = classes.contains(name.replace('.', '/') + ".class");
                    boolean isRegistered =
                            registered.getOrDefault(file, Set.of()).contains(name);
                    if (isPackaged
                            && !isRegistered
                            && !findings.accepts(name, file, dependency, file.substring(file.lastIndexOf('/') + 1))) {
                        lost.computeIfAbsent(file, key -> new TreeSet<>()).add(name + " of " + dependency);
                    }
                }
            }
        });
        lost.forEach((file, names) -> {
            String transformer =
                    file.equals(LOG4J) ? "Log4j2PluginCacheFileTransformer" : "ServicesResourceTransformer";
            findings.problem(
                    "files that lack registrations",
                    where(file) + " " + Findings.some(names)
                            + "; merge these files when the package is built (maven-shade-plugin: " + transformer
                            + ")");
        });
    }

    private String where(String file) {
        for (Place place : places) {
            if (place.has(file)) {
                return file + " (in " + place + ") lacks";
            }
        }
        return file + " is not on the class path and so lacks";
    }
}
