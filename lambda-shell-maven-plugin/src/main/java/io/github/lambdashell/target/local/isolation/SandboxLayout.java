package io.github.lambdashell.target.local.isolation;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The directories that a sandbox is made of.
 *
 * @param sandboxId for names
 * @param directory private to the sandbox; exists, and is removed with it
 * @param shared a private directory with files that sandboxes have in common; exists, and is never removed
 * @param code the function's unpacked package; read-only
 * @param language the folder of the JDK or the like that runs it; read-only
 * @param runtime the folder with the runtime's own files, /var/runtime on Lambda, if it has any; read-only
 * @param layers the folder with the contents of its layers, if it has any; read-only
 * @param ephemeralStorageMb the size of /tmp
 */
public record SandboxLayout(
        String sandboxId,
        Path directory,
        Path shared,
        Path code,
        Path language,
        Optional<Path> runtime,
        Optional<Path> layers,
        int ephemeralStorageMb) {}
