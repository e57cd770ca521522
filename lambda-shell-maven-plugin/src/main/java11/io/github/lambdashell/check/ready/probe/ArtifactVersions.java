package io.github.lambdashell.check.ready.probe;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The artifacts that are on the class path in several versions, by their pom.properties and by the names of jars. */
final class ArtifactVersions {
    private static final Pattern JAR_NAME = Pattern.compile(".*/(.+?)-(\\d+(?:\\.\\d+)*)[^/]*\\.jar");

    private final List<Place> places;
    private final DuplicateClasses duplicates;
    private final Findings findings;
    /** Versions by artifact, each with its places. */
    private final Map<String, Map<String, List<Place>>> versions = new TreeMap<>();
    /** Places into which several artifacts are merged; classes may have other names there. */
    private final Set<Place> merged = new HashSet<>();

    ArtifactVersions(List<Place> places, DuplicateClasses duplicates, Findings findings) {
        this.places = places;
        this.duplicates = duplicates;
        this.findings = findings;
    }

    void report() throws IOException {
        Set<Place> named = new HashSet<>();
        Map<String, Set<String>> byFileName = new LinkedHashMap<>();
        for (Place place : places) {
            if (!place.isRuntimes()) {
                List<String> poms = place.files("META-INF/maven/", "/pom.properties");
                for (String pom : poms) {
                    Properties properties = new Properties();
                    try (InputStream in = place.open(pom)) {
                        properties.load(in);
                    }
                    String artifact = properties.getProperty("groupId") + ":" + properties.getProperty("artifactId");
                    add(artifact, properties.getProperty("version"), place);
                    named.add(place);
                    byFileName
                            .computeIfAbsent(properties.getProperty("artifactId"), key -> new HashSet<>())
                            .add(artifact);
                }
                if (poms.size() > 1) {
                    merged.add(place);
                }
            }
        }
        for (Place place : places) {
            Matcher name = JAR_NAME.matcher(place.name());
            if (!place.isRuntimes() && !named.contains(place) && name.matches()) {
                // Another jar of the same name may have the group.
                Set<String> artifacts = byFileName.getOrDefault(name.group(1), Set.of());
                add(artifacts.size() == 1 ? artifacts.iterator().next() : name.group(1), name.group(2), place);
            }
        }
        versions.forEach(this::report);
    }

    private void add(String artifact, String version, Place place) {
        versions.computeIfAbsent(artifact, key -> new LinkedHashMap<>())
                .computeIfAbsent(String.valueOf(version), key -> new ArrayList<>())
                .add(place);
    }

    private void report(String artifact, Map<String, List<Place>> found) {
        Set<Place> with = found.values().stream().flatMap(List::stream).collect(Collectors.toSet());
        if (found.size() < 2) {
            return;
        }
        boolean isMerged = with.stream().anyMatch(merged::contains);
        int different = duplicates.takeDifferent(with);
        if (different == 0 && isMerged) {
            return;
        }
        List<String> names = with.stream().map(Place::name).collect(Collectors.toList());
        names.add(artifact);
        if (findings.accepts(names.toArray(new String[0]))) {
            return;
        }
        List<String> each = new ArrayList<>();
        found.entrySet().stream()
                .sorted(Comparator.comparing(
                        version -> places.indexOf(version.getValue().get(0))))
                .forEach(version -> each.add(version.getKey() + " in "
                        + version.getValue().stream().map(Place::name).collect(Collectors.joining(" and "))
                        + (each.isEmpty() ? ", which wins" : "")));
        findings.problem(
                "artifacts in several versions",
                artifact + " is on the class path in " + found.size() + " versions: " + String.join(", and ", each)
                        + "; " + Findings.count(different, "class differs", "classes differ") + "; keep one version");
    }
}
