package io.github.lambdashell.mojo;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.LambdaRuntimes;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.ProjectCode;
import io.github.lambdashell.config.RelativePath;
import io.github.lambdashell.config.sam.SamFunction;
import io.github.lambdashell.config.sam.SamFunction.Unresolved;
import io.github.lambdashell.config.sam.SamTemplate;
import io.github.lambdashell.config.sam.SamTemplate.TemplateException;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.maven.project.MavenProject;

/**
 * The parameters that {@code samTemplate} sets where neither the POM nor the command line does, and the log messages
 * about them.
 */
final class SamParameters {
    private static final String CODE = "codePath";
    private static final String LAYERS = "layers";
    private static final String VARIABLE = "environmentVariables.";

    private final SamFunction function;
    private final FunctionSettings pom;
    private final String codePath;

    /**
     * @param function the template's function
     * @param pom the settings that the build itself configures
     * @param codePath as the build itself configures it; null if it does not
     */
    SamParameters(SamFunction function, FunctionSettings pom, String codePath) {
        this.function = function;
        this.pom = pom;
        this.codePath = codePath;
    }

    /**
     * Reads the function of a template.
     *
     * @param template null to read none
     * @param name the function's logical ID; null for the only one
     * @param region as configured; null for the one that the SDK finds
     */
    static Optional<SamFunction> read(File template, String name, String region, boolean isLocal, Problems problems) {
        if (template == null) {
            problems.require(
                    name == null, "samFunction (lshell.samFunction) requires samTemplate (lshell.samTemplate)");
            return Optional.empty();
        }
        try {
            return SamTemplate.read(template.toPath()).function(name, region, isLocal, problems);
        } catch (TemplateException e) {
            problems.add("samTemplate (lshell.samTemplate): " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Returns the log line of what is taken from the template. */
    String taken() {
        Map<String, String> taken = shown(function.settings());
        taken.keySet().removeAll(shown(pom).keySet());
        List<String> parts = new ArrayList<>();
        taken.forEach((parameter, value) -> {
            if (!parameter.startsWith(VARIABLE)) {
                parts.add(parameter + " " + value);
            }
        });
        List<String> variables = taken.keySet().stream()
                .filter(parameter -> parameter.startsWith(VARIABLE))
                .map(parameter -> parameter.substring(VARIABLE.length()))
                .toList();
        if (!variables.isEmpty()) {
            parts.add("environmentVariables " + String.join(" ", variables));
        }
        if (codePath == null && function.code() != null) {
            parts.add("CodeUri " + shown(function.code()));
        }
        if (function.handler() != null) {
            parts.add("handler " + function.handler());
        }
        if (function.snapStart()) {
            parts.add("SnapStart");
        }
        if (!function.events().isEmpty()) {
            parts.add(function.events().stream()
                    .map(event -> event.name() + " (" + event.type() + ")")
                    .collect(Collectors.joining(" ", "events ", "")));
        }
        return template() + ", function " + function.name() + ": "
                + (parts.isEmpty() ? "nothing that is not configured" : String.join(", ", parts))
                + (function.defaults().isEmpty()
                        ? ""
                        : "; with the defaults of the template's parameters " + String.join(", ", function.defaults()));
    }

    /**
     * Returns a warning that lists the values that are not known; empty if there are none.
     *
     * @param copied settings of an existing function, which complete those of the template
     * @param code the package that was found; null for the shell alone
     * @param directory the project's directory; null outside of a project
     */
    Optional<String> unknown(FunctionSettings copied, ProjectCode code, File directory) {
        Set<String> elsewhere = new TreeSet<>(shown(copied).keySet());
        // The template's other layers take precedence over those of the existing function.
        elsewhere.remove(LAYERS);
        elsewhere.addAll(shown(pom).keySet());
        if (codePath != null) {
            elsewhere.add(CODE);
        }
        List<String> unknown = function.unresolved().stream()
                .filter(value -> !elsewhere.contains(value.parameter()))
                .sorted(Comparator.comparing(Unresolved::line))
                .map(Unresolved::toString)
                .collect(Collectors.toCollection(ArrayList::new));
        Path named = function.code();
        if (codePath == null
                && named != null
                && (code == null || !code.archive().equals(named))
                && (directory == null || !named.equals(directory.toPath().normalize()))) {
            unknown.add(CODE + ": CodeUri " + shown(named)
                    + ": neither a package that the runtime takes nor this project's folder");
        }
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of("These values of " + template()
                        + " are not known; configure in the POM those that the function needs:\n  - "
                        + String.join("\n  - ", unknown));
    }

    /** Returns a warning if template, POM and classes are for different Java versions. */
    Optional<String> javaVersions(MavenProject project, ProjectCode code) {
        String ofTemplate = function.settings().runtime();
        if (ofTemplate == null || !LambdaRuntimes.isJava(ofTemplate)) {
            return Optional.empty();
        }
        Map<String, String> releases = new LinkedHashMap<>();
        releases.put(template() + " has the runtime " + ofTemplate, release(ofTemplate));
        String runtime = pom.runtime() == null ? ofTemplate : pom.runtime();
        if (pom.runtime() != null && LambdaRuntimes.isJava(runtime)) {
            releases.put("the build configures the runtime " + runtime, release(runtime));
        }
        DerivedRuntime.compilerRelease(project)
                .ifPresent(release -> releases.put("the compiler is configured for Java " + release, plain(release)));
        Optional<DerivedRuntime.ClassFiles> classes =
                DerivedRuntime.classFiles(project, Optional.ofNullable(code).map(ProjectCode::archive));
        classes.ifPresent(found -> releases.put(found.toString(), String.valueOf(found.release())));
        if (new LinkedHashSet<>(releases.values()).size() == 1) {
            return Optional.empty();
        }
        boolean fails = LambdaRuntimes.isJava(runtime)
                && classes.filter(found -> found.release() > Integer.parseInt(release(runtime)))
                        .isPresent();
        return Optional.of("The Java versions differ: " + String.join(", ", releases.keySet())
                + (fails ? ", which " + runtime + " can't load" : "") + "; use one version");
    }

    private static String release(String runtime) {
        return runtime.replaceFirst("java(\\d+).*", "$1");
    }

    private static String plain(String release) {
        return release.startsWith("1.") ? release.substring(2) : release;
    }

    private String template() {
        return RelativePath.of(function.template());
    }

    private static String shown(Path file) {
        String shown = RelativePath.of(file);
        return shown.isEmpty() ? "." : shown;
    }

    /** Returns the settings that are not null, by the names of their parameters. */
    private static Map<String, String> shown(FunctionSettings settings) {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("runtime", settings.runtime());
        shown.put("architecture", settings.architecture());
        shown.put("memorySize", text(settings.memorySize()));
        shown.put(
                "timeout",
                settings.timeout() == null ? null : settings.timeout().toSeconds() + "s");
        shown.put("ephemeralStorage", text(settings.ephemeralStorage()));
        shown.put(
                LAYERS,
                settings.layers() == null
                        ? null
                        : settings.layers().stream()
                                .map(arn -> arn.replaceFirst(".*:layer:", ""))
                                .collect(Collectors.joining(" ")));
        settings.environmentVariables().keySet().stream().sorted().forEach(name -> shown.put(VARIABLE + name, ""));
        shown.values().removeIf(value -> value == null);
        return shown;
    }

    private static String text(Integer number) {
        return number == null ? null : number.toString();
    }
}
