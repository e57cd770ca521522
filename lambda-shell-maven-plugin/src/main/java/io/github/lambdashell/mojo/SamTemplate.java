package io.github.lambdashell.mojo;

import io.github.lambdashell.config.ShellException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The SAM or CloudFormation template of a project, which names the code of its functions. It is beside the POM, or one
 * folder higher, where {@code sam init} creates it.
 *
 * @param file the template
 * @param codeUris local files and folders that it names as the code of a function, normalized
 */
record SamTemplate(Path file, Set<Path> codeUris) {
    private static final List<String> NAMES = List.of("template.yaml", "template.yml");

    /**
     * Returns the templates that name the project or something in it.
     *
     * @param project the project's directory, normalized
     * @throws ShellException if a template can't be read
     */
    static List<SamTemplate> of(Path project) {
        return Stream.of(project, project.getParent())
                .filter(directory -> directory != null)
                .flatMap(directory -> NAMES.stream().map(directory::resolve))
                .filter(Files::isRegularFile)
                .map(file -> read(file, project))
                .filter(template -> !template.codeUris.isEmpty())
                .toList();
    }

    private static SamTemplate read(Path file, Path project) {
        try {
            String text = Files.readString(file);
            if (!text.contains("AWS::Serverless::Function") && !text.contains("AWS::Lambda::Function")) {
                return new SamTemplate(file, Set.of());
            }
            // The nodes are not constructed, so CloudFormation's tags, such as !Ref, need no meaning.
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            Optional<Node> common = member(root, "Globals")
                    .flatMap(node -> member(node, "Function"))
                    .flatMap(SamTemplate::code);
            Set<Path> uris = members(member(root, "Resources").orElse(root))
                    .flatMap(resource -> code(resource, common).stream())
                    .flatMap(code -> path(code, file).stream())
                    .filter(path -> path.startsWith(project))
                    .collect(Collectors.toSet());
            return new SamTemplate(file, uris);
        } catch (IOException | YAMLException e) {
            throw new ShellException(
                    "The template " + file + " can't be read: " + e.getMessage(),
                    "Correct it, or specify the package with <codePath> (lshell.codePath)",
                    e);
        }
    }

    private static Optional<Node> code(Node resource, Optional<Node> common) {
        String type = member(resource, "Type").flatMap(SamTemplate::text).orElse("");
        Optional<Node> properties = member(resource, "Properties");
        return switch (type) {
            case "AWS::Serverless::Function" ->
                properties
                                .filter(node -> member(node, "ImageUri").isPresent()
                                        || member(node, "InlineCode").isPresent())
                                .isPresent()
                        ? Optional.empty()
                        : properties.flatMap(SamTemplate::code).or(() -> common);
            case "AWS::Lambda::Function" -> properties.flatMap(node -> member(node, "Code"));
            default -> Optional.empty();
        };
    }

    private static Optional<Node> code(Node properties) {
        return member(properties, "CodeUri");
    }

    /** Returns a local path; a map, an intrinsic function and an S3 URI are none. */
    private static Optional<Path> path(Node code, Path template) {
        try {
            return text(code).filter(uri -> !uri.contains("://")).map(uri -> template.resolveSibling(uri)
                    .normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Node node) {
        return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)
                ? Optional.of(scalar.getValue())
                : Optional.empty();
    }

    private static Stream<Node> members(Node node) {
        return node instanceof MappingNode map ? map.getValue().stream().map(NodeTuple::getValueNode) : Stream.empty();
    }

    private static Optional<Node> member(Node node, String name) {
        return node instanceof MappingNode map
                ? map.getValue().stream()
                        .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode key
                                && key.getValue().equals(name))
                        .map(NodeTuple::getValueNode)
                        .findFirst()
                : Optional.empty();
    }
}
