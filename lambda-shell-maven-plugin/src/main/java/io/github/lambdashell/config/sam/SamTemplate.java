package io.github.lambdashell.config.sam;

import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.RelativePath;
import io.github.lambdashell.config.Suggestion;
import io.github.lambdashell.config.sam.TemplateValue.Members;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A SAM or CloudFormation template, in YAML or JSON, and its functions. */
public final class SamTemplate {
    private static final List<String> NAMES = List.of("template.yaml", "template.yml", "template.json");

    private final Path file;
    private final Members root;
    /** The functions by their logical IDs. */
    private final Map<String, Members> functions = new TreeMap<>();

    private SamTemplate(Path file, Members root) {
        this.file = file;
        this.root = root;
        root.map("Resources").members().forEach((name, value) -> {
            if (value instanceof Members resource
                    && (resource.has("Type", FunctionReader.SERVERLESS)
                            || resource.has("Type", FunctionReader.LAMBDA))) {
                functions.put(name, resource);
            }
        });
    }

    /** A template that can't be read; the message has the form of a problem. */
    public static final class TemplateException extends Exception {
        private static final long serialVersionUID = 1;

        TemplateException(String problem) {
            super(problem);
        }

        TemplateException(String problem, Throwable cause) {
            super(problem, cause);
        }
    }

    /**
     * Reads a template.
     *
     * @throws TemplateException if there is no such file, or it is neither YAML nor JSON
     */
    public static SamTemplate read(Path file) throws TemplateException {
        return parse(file, text(file));
    }

    static SamTemplate parse(Path file, String text) throws TemplateException {
        return new SamTemplate(file, new TemplateReader(RelativePath.of(file)).read(text));
    }

    /**
     * Returns the templates of a project: beside its POM, or one folder higher, where {@code sam init} creates them.
     * Files of that name that declare no function belong to other tools, and are left out.
     *
     * @param project the project's directory, normalized
     * @throws TemplateException if one can't be read
     */
    public static List<SamTemplate> of(Path project) throws TemplateException {
        List<Path> files = Stream.of(project, project.getParent())
                .filter(Objects::nonNull)
                .flatMap(directory -> NAMES.stream().map(directory::resolve))
                .filter(Files::isRegularFile)
                .toList();
        List<SamTemplate> templates = new ArrayList<>();
        for (Path file : files) {
            String text = text(file);
            if (text.contains(FunctionReader.SERVERLESS) || text.contains(FunctionReader.LAMBDA)) {
                templates.add(parse(file, text));
            }
        }
        return templates;
    }

    private static String text(Path file) throws TemplateException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new TemplateException(
                    "file not found: '" + RelativePath.of(file) + "'; specify a SAM or CloudFormation template", e);
        } catch (CharacterCodingException e) {
            throw new TemplateException(RelativePath.of(file) + " is not UTF-8; save it as UTF-8", e);
        } catch (IOException e) {
            throw new TemplateException(RelativePath.of(file) + " can't be read: " + e, e);
        }
    }

    /** Returns the template's file. */
    public Path file() {
        return file;
    }

    /**
     * Returns a function.
     *
     * @param name its logical ID; null for the only one
     * @param region the value of {@code AWS::Region}; null if it is not known
     * @param hasLocalLayers whether layers of the template can be taken from their folders
     * @param problems receives what is wrong with it, with its place
     * @return empty if there is no such function, or no single one, or it has no runtime; then there is a problem
     */
    public Optional<SamFunction> function(String name, String region, boolean hasLocalLayers, Problems problems) {
        String shown = RelativePath.of(file);
        String names = String.join(", ", functions.keySet());
        if (functions.isEmpty()) {
            problems.add(shown + " has no resource of type " + FunctionReader.SERVERLESS + " or "
                    + FunctionReader.LAMBDA + "; specify another template with samTemplate (lshell.samTemplate)");
            return Optional.empty();
        }
        if (name == null && functions.size() > 1) {
            problems.add(shown + " has " + functions.size() + " functions: " + names
                    + "; specify one of them with samFunction (lshell.samFunction)");
            return Optional.empty();
        }
        String chosen = name == null ? functions.keySet().iterator().next() : name;
        if (!functions.containsKey(chosen)) {
            problems.add("samFunction (lshell.samFunction): " + shown + " has no function '" + chosen + "'"
                    + Suggestion.ending(chosen, functions.keySet(), "; it has " + names));
            return Optional.empty();
        }
        return reader(region, hasLocalLayers, problems).read(chosen, functions.get(chosen));
    }

    /** Returns the local files and folders that the functions name as their code. */
    public Set<Path> code() {
        return functions.entrySet().stream()
                .flatMap(function ->
                        reader(null, false, new Problems()).read(function.getKey(), function.getValue()).stream())
                .map(SamFunction::code)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private FunctionReader reader(String region, boolean hasLocalLayers, Problems problems) {
        return new FunctionReader(RelativePath.of(file), file, root, region, hasLocalLayers, problems);
    }
}
