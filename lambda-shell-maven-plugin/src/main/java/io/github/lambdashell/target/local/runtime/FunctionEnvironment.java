package io.github.lambdashell.target.local.runtime;

import io.github.lambdashell.target.code.ExecWrapper;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.isolation.SandboxPaths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The environment of a function's process: the variables that Lambda sets, as documented under "Defined runtime
 * environment variables", and the function's own. It has no variable of the host, except for a part of PATH on systems
 * without the usual directories.
 */
public final class FunctionEnvironment {
    private static final DateTimeFormatter STREAM_DATE = DateTimeFormatter.ofPattern("yyyy/MM/dd");
    private static final String PATH = "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin";
    private static final String LIBRARIES =
            "/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib";

    private FunctionEnvironment() {}

    /**
     * Returns the environment without AWS_LAMBDA_RUNTIME_API, which the sandbox adds.
     *
     * @param credentials the variables with the role's credentials
     */
    public static Map<String, String> of(
            FunctionDefinition function,
            Map<String, String> credentials,
            LocalRuntime runtime,
            SandboxPaths paths,
            String sandboxId) {
        String region = function.arn().split(":")[3];
        Map<String, String> environment = new TreeMap<>();
        environment.put("LANG", "en_US.UTF-8");
        environment.put("TZ", ":UTC");
        environment.put("PATH", path(paths));
        environment.put("LD_LIBRARY_PATH", libraries(paths));
        environment.put("LAMBDA_TASK_ROOT", paths.task());
        environment.put("LAMBDA_RUNTIME_DIR", paths.runtime());
        environment.put("AWS_REGION", region);
        environment.put("AWS_DEFAULT_REGION", region);
        environment.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        environment.put(
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                String.valueOf(function.settings().memorySize()));
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        environment.put("AWS_LAMBDA_LOG_GROUP_NAME", function.logGroup());
        environment.put(
                "AWS_LAMBDA_LOG_STREAM_NAME",
                LocalDate.now(ZoneOffset.UTC).format(STREAM_DATE) + "/[$LATEST]" + sandboxId);
        environment.put("_HANDLER", function.handler());
        environment.put("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR");
        environment.put("AWS_XRAY_DAEMON_ADDRESS", "169.254.100.1:2000");
        environment.put("_AWS_XRAY_DAEMON_ADDRESS", "169.254.100.1");
        environment.put("_AWS_XRAY_DAEMON_PORT", "2000");
        environment.putAll(credentials);
        environment.putAll(runtime.environment(function.settings().runtime()));
        if (!paths.tmp().equals(SandboxPaths.LAMBDA.tmp())) {
            environment.put("TMPDIR", paths.tmp());
        }
        environment.putAll(function.settings().environmentVariables());
        for (String wrapper : List.of(ExecWrapper.VARIABLE, ExecWrapper.HANDLER_VARIABLE)) {
            environment.computeIfPresent(wrapper, (name, path) -> paths.map(path));
        }
        return environment;
    }

    /**
     * Returns Lambda's directories. Where the sandbox sees the host's files and those directories have no shell, as on
     * NixOS, the directories of Maven's PATH follow.
     */
    private static String path(SandboxPaths paths) {
        String path = map(PATH, paths);
        boolean hasShell = paths.equals(SandboxPaths.LAMBDA)
                || Stream.of(path.split(":")).anyMatch(directory -> Files.isExecutable(Path.of(directory, "sh")));
        String hosts = System.getenv("PATH");
        return hasShell || hosts == null ? path : path + ":" + hosts;
    }

    /** Omits the JDK's libraries where the host's programs are used, which would load them in place of the system's. */
    private static String libraries(SandboxPaths paths) {
        return paths.equals(SandboxPaths.LAMBDA)
                ? LIBRARIES
                : map(LIBRARIES.replace(SandboxPaths.LAMBDA.lang() + "/lib:", ""), paths);
    }

    private static String map(String list, SandboxPaths paths) {
        return Arrays.stream(list.split(":")).map(paths::map).collect(Collectors.joining(":"));
    }
}
