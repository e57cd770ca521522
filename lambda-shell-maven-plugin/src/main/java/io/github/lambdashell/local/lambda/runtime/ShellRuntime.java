package io.github.lambdashell.local.lambda.runtime;

import io.github.lambdashell.local.function.FunctionDefinition;
import io.github.lambdashell.local.lambda.isolation.SandboxPaths;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The runtimes whose functions bring what runs them: those without a language of Lambda's, by the package's {@code
 * bootstrap}, and Python, Ruby and .NET, whose own client is not here, by a wrapper script.
 */
public final class ShellRuntime implements RuntimeFamily {
    private static final Pattern RUNTIME = Pattern.compile("(provided|python|ruby|dotnet).*");
    private static final Map<String, String> PROGRAMS = Map.of("python", "python3", "ruby", "ruby", "dotnet", "dotnet");

    private final Function<String, Optional<HostProgram>> programs;

    public ShellRuntime() {
        this(HostProgram::find);
    }

    /** @param programs this machine's, by name */
    ShellRuntime(Function<String, Optional<HostProgram>> programs) {
        this.programs = programs;
    }

    @Override
    public boolean runs(String runtime) {
        return RUNTIME.matcher(runtime).matches();
    }

    /** Nothing: what the package holds is all there is. */
    @Override
    public Path language(FunctionDefinition function) {
        return function.codeDirectory();
    }

    @Override
    public List<String> command(FunctionDefinition function, SandboxPaths paths) {
        if (isProvided(function)) {
            return List.of(paths.task() + "/bootstrap");
        }
        if (!function.environment().containsKey(FunctionEnvironment.EXEC_WRAPPER)) {
            throw new UnsupportedRuntimeException("The local target can't run " + function.runtime()
                    + " without a wrapper script in the package: it has no client for that runtime");
        }
        return List.of(paths.lang() + "/bin/" + PROGRAMS.get(language(function.runtime())));
    }

    @Override
    public Map<String, String> environment(FunctionDefinition function) {
        return isProvided(function) ? Map.of() : Map.of("AWS_EXECUTION_ENV", "AWS_Lambda_" + function.runtime());
    }

    @Override
    public String difference(FunctionDefinition function) {
        if (isProvided(function)) {
            return function.runtime() + " asked, running on this machine's own programs";
        }
        String program = PROGRAMS.get(language(function.runtime()));
        return function.runtime() + " asked, running on this machine's own programs; " + program + " is "
                + programs.apply(program)
                        .map(found -> found.version() + " of " + found.file())
                        .orElse("missing");
    }

    private static boolean isProvided(FunctionDefinition function) {
        return language(function.runtime()).equals("provided");
    }

    private static String language(String runtime) {
        Matcher matcher = RUNTIME.matcher(runtime);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(runtime);
        }
        return matcher.group(1);
    }
}
