package io.github.lambdashell.symptom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.lambdashell.config.FunctionSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A fault that people have reported, with the check that finds it; the README of its folder's parent describes the files.
 *
 * @param folder its folder
 * @param description the content of {@code symptom.yaml}
 */
record Symptom(Path folder, Description description) {
    /** The folder of all symptoms, relative to the plugin's module. */
    static final Path FOLDER = Path.of("src/test/symptoms");

    private static final ObjectMapper YAML = new YAMLMapper();

    /** The two variants of its project. */
    enum Variant {
        /** The project with the fault. */
        BROKEN,
        /** The same project without it. */
        FIXED;

        String folderName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The content of {@code symptom.yaml}.
     *
     * @param area the page's heading
     * @param see what somebody sees who has the fault
     * @param cause the cause, and the remedy
     * @param threads public threads, such as {@code aws/aws-lambda-java-libs#402}
     * @param handler the function's handler; null for none
     * @param requires a path that a machine has if it can run the projects; null for any machine
     * @param finds words of the failure, each of one violation or of the reason of an error
     * @param project settings of both variants; null for none
     * @param broken settings of the broken project in addition; null for none
     * @param fixed settings of the fixed project in addition; null for none
     */
    record Description(
            String area,
            String see,
            String cause,
            List<String> threads,
            String handler,
            String requires,
            List<String> finds,
            ObjectNode project,
            ObjectNode broken,
            ObjectNode fixed) {
        Description {
            Stream.of(area, see, cause).forEach(Objects::requireNonNull);
            threads = List.copyOf(threads);
            finds = List.copyOf(finds);
        }

        /** Returns whether this machine can run the projects. */
        boolean isPossible() {
            return requires == null || Files.exists(Path.of(requires));
        }
    }

    /**
     * Settings of a variant.
     *
     * @param runtime Lambda's name of a Java runtime; defaults to java17
     * @param memorySize in MB; defaults to 512
     * @param timeout in seconds; defaults to 60
     * @param variables the function's environment variables
     * @param server a server of {@link SymptomServers} on this machine, whose port replaces {@code @port@} in the check and
     *     in variables; null for none
     * @param build how the package is built
     */
    record Settings(
            String runtime,
            Integer memorySize,
            Integer timeout,
            Map<String, String> variables,
            String server,
            SymptomProject.Build build) {
        Settings {
            variables = variables == null ? Map.of() : Map.copyOf(variables);
            build = build == null ? SymptomProject.Build.DEFAULT : build;
        }

        /** Returns the settings of the function. */
        FunctionSettings function(List<String> layers, int port) {
            FunctionSettings settings = new FunctionSettings(
                    runtime,
                    null,
                    memorySize,
                    timeout == null ? null : Duration.ofSeconds(timeout),
                    null,
                    Map.of(),
                    layers,
                    null,
                    null,
                    null);
            Map<String, String> values = new TreeMap<>(variables);
            values.replaceAll((name, value) -> value.replace("@port@", Integer.toString(port)));
            return settings.complete("java17").withVariables(values);
        }
    }

    /** Reads all symptoms, in the order of their areas and names. */
    static List<Symptom> all() {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(Files::isDirectory)
                    .map(Symptom::read)
                    .sorted(Comparator.comparing(
                                    (Symptom symptom) -> symptom.description().area())
                            .thenComparing(Symptom::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Symptom read(Path folder) {
        Path file = folder.resolve("symptom.yaml");
        try {
            return new Symptom(folder, YAML.readValue(file.toFile(), Description.class));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }

    String name() {
        return folder.getFileName().toString();
    }

    /** Returns the file with the check. */
    Path commands() {
        return folder.resolve("commands.yaml");
    }

    /** Returns the settings of a variant: those of the project, with the variant's own merged into them. */
    Settings settings(Variant variant) throws IOException {
        ObjectNode own = variant == Variant.BROKEN ? description.broken() : description.fixed();
        JsonNode merged = description.project() == null
                ? YAML.createObjectNode()
                : description.project().deepCopy();
        if (own != null) {
            merged = YAML.readerForUpdating(merged).readValue(own);
        }
        return YAML.treeToValue(merged, Settings.class);
    }
}
