package io.github.lambdashell.target.local.isolation;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a sandbox is made of, apart from what runs in it.
 *
 * @param sandboxId for names
 * @param directory private to the sandbox; exists, and is removed with it
 * @param code the function's unpacked package; only read
 * @param language the folder of the JDK or the like that runs it; only read
 * @param layers the folder of what its layers hold, if it has any; only read
 * @param ephemeralStorageMb how much /tmp holds
 */
public record Place(
        String sandboxId, Path directory, Path code, Path language, Optional<Path> layers, int ephemeralStorageMb) {}
