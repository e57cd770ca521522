package io.github.lambdashell.check.ready.probe;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The classes that are in several places of the class path. The first place wins. */
final class DuplicateClasses {
    private final Findings findings;
    /** Files of classes by the places that have them with other content than the first one. */
    private final Map<List<Place>, List<String>> different = new LinkedHashMap<>();
    /** Files of classes that the runtime or the JDK has, by the name of that place and the place in the package. */
    private final Map<List<Object>, List<String>> ofRuntime = new LinkedHashMap<>();

    private final Map<List<Object>, Set<String>> lost = new LinkedHashMap<>();
    private int same;

    DuplicateClasses(List<Place> places, Findings findings) throws IOException {
        this.findings = findings;
        Map<String, Module> jdk = new HashMap<>();
        ModuleLayer.boot().modules().forEach(module -> module.getPackages()
                .forEach(name -> jdk.put(name.replace('.', '/'), module)));
        Map<String, List<Place>> byClass = new LinkedHashMap<>();
        for (Place place : places) {
            for (String file : place.classes()) {
                byClass.computeIfAbsent(file, key -> new ArrayList<>(1)).add(place);
            }
        }
        for (Map.Entry<String, List<Place>> entry : byClass.entrySet()) {
            String file = entry.getKey();
            List<Place> with = entry.getValue();
            Module module = jdk.get(file.substring(0, Math.max(0, file.lastIndexOf('/'))));
            if (module != null) {
                compare(module, file, with);
            } else if (with.size() > 1) {
                compare(file, with);
            }
        }
    }

    private void compare(Module module, String file, List<Place> places) throws IOException {
        try (InputStream content = module.getResourceAsStream(file)) {
            if (content != null) {
                Map<String, String> members = ClassFile.members(content.readAllBytes());
                for (Place place : places) {
                    if (!place.isRuntimes()) {
                        compare("the JDK's module " + module.getName(), members, file, place);
                    }
                }
            }
        }
    }

    private void compare(String file, List<Place> places) throws IOException {
        Place first = places.get(0);
        String digest = first.digest(file);
        List<Place> others = new ArrayList<>(List.of(first));
        for (Place place : places.subList(1, places.size())) {
            if (!place.digest(file).equals(digest)) {
                others.add(place);
            }
        }
        if (first.isRuntimes()) {
            for (Place place : others) {
                if (!place.isRuntimes()) {
                    compare("the runtime's " + first.name(), ClassFile.members(first.read(file)), file, place);
                }
            }
        } else if (others.size() == 1) {
            same++;
        } else if (!accepts(file, others)) {
            different.computeIfAbsent(others, key -> new ArrayList<>()).add(file);
        }
    }

    /** Notes a class that is the runtime's instead of the package's, and the members that are lost with it. */
    private void compare(String winner, Map<String, String> members, String file, Place place) throws IOException {
        Map<String, String> missing = ClassFile.members(place.read(file));
        missing.keySet().removeAll(members.keySet());
        List<Object> key = List.of(winner, place);
        if (missing.isEmpty()) {
            ofRuntime.computeIfAbsent(key, same -> new ArrayList<>()).add(file);
        } else if (!accepts(file, List.of(place))) {
            Set<String> names = lost.computeIfAbsent(key, other -> new TreeSet<>());
            for (String member : missing.values()) {
                names.add(member.equals("<init>") ? "a constructor of " + name(file) : name(file) + "." + member);
            }
        }
    }

    private boolean accepts(String file, Collection<Place> places) {
        List<String> names = new ArrayList<>(List.of(name(file)));
        places.forEach(place -> names.add(place.name()));
        return findings.accepts(names.toArray(new String[0]));
    }

    static String name(String file) {
        return file.substring(0, file.length() - ".class".length()).replace('/', '.');
    }

    /** Returns the number of classes that differ between some places, which are not reported again. */
    int takeDifferent(Collection<Place> places) {
        int count = 0;
        for (List<Place> all : List.copyOf(different.keySet())) {
            if (places.containsAll(all)) {
                count += different.remove(all).size();
            }
        }
        return count;
    }

    void report() {
        different.forEach((places, files) -> {
            boolean isOne = files.size() == 1;
            List<String> names =
                    files.stream().map(DuplicateClasses::name).sorted().collect(Collectors.toList());
            String others = places.stream().skip(1).map(Place::name).collect(Collectors.joining(" and "));
            findings.problem(
                    "groups of classes with different content",
                    (isOne ? names.get(0) + " differs" : files.size() + " classes differ") + " between " + places.get(0)
                            + ", which wins, and " + others
                            + (isOne ? "" : ": " + Findings.some(names)) + "; keep one of them");
        });
        lost.forEach((key, members) -> findings.problem(
                "classes that the runtime replaces",
                key.get(0) + " replaces classes of " + key.get(1) + " and lacks " + Findings.some(members)
                        + ", so that calls fail with NoSuchMethodError; use the version that the runtime has"));
        ofRuntime.forEach((key, files) -> findings.note(Findings.count(files.size(), "class of ", "classes of ")
                + key.get(1) + (files.size() == 1 ? " is" : " are") + " replaced by " + key.get(0)
                + ", which has the same members"));
        if (same > 0) {
            findings.note(Findings.count(same, "class is", "classes are") + " in several places with the same content");
        }
    }
}
