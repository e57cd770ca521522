package io.github.lambdashell.local.lambda.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How the processes of a sandbox are kept apart from the machine that they run on. */
interface Isolation {
    /** How far it goes, for a person to read. */
    String description();

    /**
     * Where things will be in a sandbox.
     *
     * @param codeDirectory the function's unpacked package
     * @param language the folder of the JDK or the like that runs it
     * @param directory private to the sandbox; exists
     */
    SandboxPaths paths(Path codeDirectory, Path language, Path directory);

    /** Makes a sandbox without starting the runtime in it. */
    Container create(Launch launch, SandboxLog log) throws IOException;

    /**
     * What is to run in a sandbox.
     *
     * @param sandboxId for names
     * @param directory private to the sandbox; removed with it
     * @param codeDirectory the function's unpacked package
     * @param language the folder of the JDK or the like that runs it
     * @param paths as {@link Isolation#paths} said
     * @param command of the runtime
     * @param environment of the runtime, whole but for AWS_LAMBDA_RUNTIME_API
     * @param runtimeApi the value of AWS_LAMBDA_RUNTIME_API
     * @param memorySizeMb of the function
     * @param ephemeralStorageMb how much /tmp holds
     */
    record Launch(
            String sandboxId,
            Path directory,
            Path codeDirectory,
            Path language,
            SandboxPaths paths,
            List<String> command,
            Map<String, String> environment,
            String runtimeApi,
            int memorySizeMb,
            int ephemeralStorageMb) {}
}
