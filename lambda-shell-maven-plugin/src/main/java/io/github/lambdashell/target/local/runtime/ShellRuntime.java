package io.github.lambdashell.target.local.runtime;

import io.github.lambdashell.target.code.ExecWrapper;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.isolation.SandboxPaths;
import io.github.lambdashell.target.local.runtime.HostPrograms.HostProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The runtimes whose functions have a runtime loop of their own: provided runtimes in the package's {@code bootstrap}, and
 * Python, Ruby and .NET, whose clients the plugin does not have, in a wrapper script. Both are the plugin's scripts, which
 * need bash and curl.
 */
final class ShellRuntime implements LocalRuntime {
    private static final Pattern RUNTIME = Pattern.compile("(provided|python|ruby|dotnet)[\\d.]*(al\\d+)?");
    private static final Map<String, String> PROGRAMS = Map.of("python", "python3", "ruby", "ruby", "dotnet", "dotnet");

    private final HostPrograms programs;

    ShellRuntime(HostPrograms programs) {
        this.programs = programs;
    }

    @Override
    public boolean runs(String runtime) {
        return RUNTIME.matcher(runtime).matches();
    }

    @Override
    public String difference(String runtime) {
        programs.require("bash", runtime);
        programs.require("curl", runtime);
        String difference = runtime + " requested, running on this machine's own programs";
        if (isProvided(runtime)) {
            return difference;
        }
        String program = PROGRAMS.get(language(runtime));
        return difference + "; " + program + " is "
                + programs.find(program).map(Object::toString).orElse("not among them");
    }

    @Override
    public Optional<String> missing(String runtime) {
        programs.require("bash", runtime);
        programs.require("curl", runtime);
        if (isProvided(runtime)) {
            return Optional.empty();
        }
        String program = PROGRAMS.get(language(runtime));
        HostProgram found = programs.require(program, runtime);
        String version = runtime.substring(language(runtime).length());
        return Pattern.compile("(?<![\\d.])" + Pattern.quote(version) + "(?!\\d)")
                        .matcher(found.version())
                        .find()
                ? Optional.empty()
                : Optional.of("the " + program + " on this machine's PATH is " + found + "; install the version of "
                        + runtime);
    }

    /** Returns the package, because the language has no files of its own here. */
    @Override
    public Path language(FunctionDefinition function) {
        return function.codeDirectory();
    }

    @Override
    public List<String> command(FunctionDefinition function, Optional<Path> layers, SandboxPaths paths) {
        String runtime = function.settings().runtime();
        if (isProvided(runtime)) {
            boolean isOfLayer = bootstrap(function, layers)
                    .filter(file -> !file.startsWith(function.codeDirectory()))
                    .isPresent();
            return List.of((isOfLayer ? paths.opt() : paths.task()) + "/bootstrap");
        }
        if (!function.settings().environmentVariables().containsKey(ExecWrapper.VARIABLE)) {
            throw new UnsupportedRuntimeException(
                    "The local target has no client for " + runtime,
                    "Give the function a wrapper script (" + ExecWrapper.VARIABLE + ")");
        }
        return List.of(paths.lang() + "/bin/" + PROGRAMS.get(language(runtime)));
    }

    @Override
    public Optional<String> invalidEntrypoint(FunctionDefinition function, Optional<Path> layers) {
        if (!isProvided(function.settings().runtime())) {
            return Optional.empty();
        }
        Optional<Path> bootstrap = bootstrap(function, layers);
        if (bootstrap.isEmpty()) {
            return Optional.of("Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]");
        }
        return bootstrap.flatMap(file -> ProgramFile.problem(file)
                .map(problem -> "fork/exec " + (file.startsWith(function.codeDirectory()) ? "/var/task" : "/opt")
                        + "/bootstrap: " + problem));
    }

    /** Finds the program of an OS-only runtime: of the package, otherwise of a layer. */
    private static Optional<Path> bootstrap(FunctionDefinition function, Optional<Path> layers) {
        return Stream.of(Optional.of(function.codeDirectory()), layers)
                .flatMap(Optional::stream)
                .map(directory -> directory.resolve("bootstrap"))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    @Override
    public Map<String, String> environment(String runtime) {
        return isProvided(runtime) ? Map.of() : Map.of("AWS_EXECUTION_ENV", "AWS_Lambda_" + runtime);
    }

    private static boolean isProvided(String runtime) {
        return language(runtime).equals("provided");
    }

    private static String language(String runtime) {
        Matcher matcher = RUNTIME.matcher(runtime);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(runtime);
        }
        return matcher.group(1);
    }
}
