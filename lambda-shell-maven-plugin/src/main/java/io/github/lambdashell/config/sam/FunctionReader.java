package io.github.lambdashell.config.sam;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.sam.SamFunction.Event;
import io.github.lambdashell.config.sam.TemplateValue.Call;
import io.github.lambdashell.config.sam.TemplateValue.Items;
import io.github.lambdashell.config.sam.TemplateValue.Members;
import io.github.lambdashell.config.sam.TemplateValue.Text;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the properties of one function of a template. */
final class FunctionReader {
    static final String SERVERLESS = "AWS::Serverless::Function";
    static final String LAMBDA = "AWS::Lambda::Function";

    private static final String CODE = "codePath";
    private static final String LAYERS = "layers";
    private static final String VARIABLES = "environmentVariables";
    /** The values of Lambda for a function whose template has none. */
    private static final int DEFAULT_MEMORY = 128;

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(3);
    /** ARN of a layer that exists on this machine only; the local target has this account and region. */
    private static final String LOCAL_LAYER = "arn:aws:lambda:us-east-1:000000000000:layer:%s:1";

    private final String shownFile;
    private final Path file;
    private final Members template;
    private final boolean hasLocalLayers;
    private final Resolver resolver;
    private final Problems problems;
    private final Map<String, Path> localLayers = new HashMap<>();

    /**
     * @param shownFile the file's name in messages
     * @param template the template's root
     * @param region the value of {@code AWS::Region}; null if it is not known
     * @param hasLocalLayers whether layers of the template can be taken from their folders
     * @param problems receives values that are wrong
     */
    FunctionReader(
            String shownFile, Path file, Members template, String region, boolean hasLocalLayers, Problems problems) {
        this.shownFile = shownFile;
        this.file = file;
        this.template = template;
        this.hasLocalLayers = hasLocalLayers;
        this.resolver = new Resolver(template, region);
        this.problems = problems;
    }

    /**
     * Reads a function; returns empty if it is a container image.
     *
     * @param resource a resource of one of the two types
     */
    Optional<SamFunction> read(String name, Members resource) {
        boolean isServerless = resource.has("Type", SERVERLESS);
        Members own = resource.map("Properties");
        Members all = isServerless ? own.orElse(template.map("Globals").map("Function")) : own;
        if (all.has("PackageType", "Image")
                || all.get("ImageUri") != null
                || all.map("Code").get("ImageUri") != null) {
            problems.add(shownFile + ": the function " + name
                    + " is a container image, which has no runtime and no layers to take over; remove samTemplate, and"
                    + " unpack the image for rootfs (lshell.local.rootfs) to run commands in it locally");
            return Optional.empty();
        }
        Integer memory = number("memorySize", all, "MemorySize");
        Integer timeout = number("timeout", all, "Timeout");
        FunctionSettings settings = new FunctionSettings(
                text("runtime", all, "Runtime").orElse(null),
                architecture(all),
                isAbsent(all.get("MemorySize")) ? Integer.valueOf(DEFAULT_MEMORY) : memory,
                isAbsent(all.get("Timeout")) ? DEFAULT_TIMEOUT : timeout == null ? null : Duration.ofSeconds(timeout),
                number("ephemeralStorage", map("ephemeralStorage", all, "EphemeralStorage"), "Size"),
                variables(all),
                layers(all),
                null,
                null,
                null);
        return Optional.of(new SamFunction(
                name,
                file,
                settings,
                text("handler", all, "Handler").orElse(null),
                isServerless ? codeUri(own, all) : code(all),
                text("snapStart", map("snapStart", all, "SnapStart"), "ApplyOn")
                        .filter("PublishedVersions"::equals)
                        .isPresent(),
                events(all),
                localLayers,
                resolver.defaults(),
                resolver.unresolved()));
    }

    private String architecture(Members function) {
        List<TemplateValue> architectures = list("architecture", function, "Architectures");
        if (architectures.isEmpty()) {
            return null;
        }
        if (architectures.size() > 1) {
            problem(
                    architectures.get(1),
                    "Architectures must have one item, but has " + architectures.size()
                            + "; SAM joins the lists of Globals and of the function");
            return null;
        }
        return resolver.text("architecture", architectures.get(0)).orElse(null);
    }

    private Map<String, String> variables(Members function) {
        Members written = map(VARIABLES, map(VARIABLES, function, "Environment"), "Variables");
        Map<String, String> variables = new TreeMap<>();
        written.members().keySet().forEach(name -> text(VARIABLES + "." + name, written, name)
                .ifPresent(value -> variables.put(name, value)));
        return variables;
    }

    /** Returns the ARNs of layers; null if the template has none, so that another source may have them. */
    private List<String> layers(Members function) {
        List<String> arns = new ArrayList<>();
        for (TemplateValue layer : list(LAYERS, function, "Layers")) {
            Members resource =
                    layer instanceof Call call && call.function().equals("Ref") && call.argument() instanceof Text name
                            ? template.map("Resources").map(name.text())
                            : Members.NONE;
            if (resource.has("Type", "AWS::Serverless::LayerVersion")) {
                ofTemplate(layer, resource).ifPresent(arns::add);
            } else {
                resolver.text(LAYERS, layer).ifPresent(arns::add);
            }
        }
        return arns.isEmpty() ? null : arns;
    }

    private Optional<String> ofTemplate(TemplateValue reference, Members layer) {
        String name = ((Text) ((Call) reference).argument()).text();
        if (!hasLocalLayers) {
            resolver.unknown(LAYERS, reference, "a layer of the template, which has no ARN before it is deployed");
            return Optional.empty();
        }
        if (layer.map("Metadata").get("BuildMethod") != null) {
            resolver.unknown(
                    LAYERS,
                    reference,
                    "sam build makes its content (BuildMethod "
                            + layer.map("Metadata").get("BuildMethod") + ")");
            return Optional.empty();
        }
        TemplateValue content = layer.map("Properties").get("ContentUri");
        Path path = content == null ? null : path(LAYERS, content);
        if (path == null) {
            return Optional.empty();
        }
        localLayers.put(name, path);
        return Optional.of(LOCAL_LAYER.formatted(name));
    }

    /** Returns the code of a function of SAM; its own inline code overrides {@code CodeUri} of {@code Globals}. */
    private Path codeUri(Members own, Members all) {
        if (own.get("InlineCode") != null) {
            resolver.unknown(CODE, own.get("InlineCode"), "InlineCode is not deployed");
            return null;
        }
        TemplateValue code = all.get("CodeUri");
        return isAbsent(code) ? null : path(CODE, code);
    }

    private Path code(Members function) {
        TemplateValue code = function.get("Code");
        if (code instanceof Members map && map.get("ZipFile") != null) {
            resolver.unknown(CODE, map.get("ZipFile"), "inline code is not deployed");
            return null;
        }
        return code == null ? null : path(CODE, code);
    }

    /** Returns a local path, which is relative to the template; null if it is not known. */
    private Path path(String parameter, TemplateValue value) {
        if (value instanceof Members) {
            resolver.unknown(parameter, value, "in S3");
            return null;
        }
        String uri = resolver.text(parameter, value).orElse(null);
        if (uri == null) {
            return null;
        }
        if (uri.contains("://")) {
            resolver.unknown(parameter, value, "not on this machine");
            return null;
        }
        try {
            return file.toAbsolutePath().resolveSibling(uri).normalize();
        } catch (InvalidPathException e) {
            problem(value, "not a path: '" + uri + "'");
            return null;
        }
    }

    private List<Event> events(Members function) {
        Members written = map("events", function, "Events");
        List<Event> events = new ArrayList<>();
        written.members().keySet().forEach(name -> text("events." + name, map("events", written, name), "Type")
                .ifPresent(type -> events.add(new Event(name, type))));
        return events;
    }

    private Integer number(String parameter, Members from, String property) {
        String text = text(parameter, from, property).orElse(null);
        try {
            return text == null ? null : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            problem(from.get(property), property + " must be a whole number, but is '" + text + "'");
            return null;
        }
    }

    private Optional<String> text(String parameter, Members from, String property) {
        TemplateValue value = from.get(property);
        if (value instanceof Members || value instanceof Items) {
            problem(value, property + " must be a text or a number");
            return Optional.empty();
        }
        return isAbsent(value) ? Optional.empty() : resolver.text(parameter, value);
    }

    private Members map(String parameter, Members from, String property) {
        TemplateValue value = from.get(property);
        if (value instanceof Call) {
            unevaluated(parameter, value);
        } else if (value != null && !(value instanceof Members)) {
            problem(value, property + " must be a map");
        }
        return from.map(property);
    }

    private List<TemplateValue> list(String parameter, Members from, String property) {
        TemplateValue value = from.get(property);
        if (value instanceof Items list) {
            return list.items().stream()
                    .filter(item -> !Resolver.isNoValue(item))
                    .toList();
        }
        if (value instanceof Call) {
            unevaluated(parameter, value);
        } else if (value != null) {
            problem(value, property + " must be a list");
        }
        return List.of();
    }

    private static boolean isAbsent(TemplateValue value) {
        return value == null || Resolver.isNoValue(value);
    }

    private void unevaluated(String parameter, TemplateValue call) {
        if (!Resolver.isNoValue(call)) {
            resolver.unknown(parameter, call, "only functions that return a text are evaluated");
        }
    }

    private void problem(TemplateValue value, String problem) {
        problems.add(shownFile + ":" + value.line() + ": " + problem);
    }
}
