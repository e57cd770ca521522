package io.github.lambdashell.target.local.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file that Lambda starts without a shell, which would run files without an interpreter's line as scripts. */
final class ProgramFile {
    /** e_machine of the ELF header (elf(5)), and its values for Lambda's architectures. */
    private static final int MACHINE = 18;

    private static final int X86_64 = 62;
    private static final int AARCH64 = 183;

    private ProgramFile() {}

    /** Returns why this machine can't start it, in the words of Go's runtime, which is Lambda's; empty if it can. */
    static Optional<String> problem(Path file) {
        if (!Files.isExecutable(file)) {
            return Optional.of("permission denied");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(MACHINE + 2);
            String text = new String(head, StandardCharsets.ISO_8859_1);
            int machine = System.getProperty("os.arch").equals("aarch64") ? AARCH64 : X86_64;
            boolean isProgram =
                    text.startsWith("\u007fELF") && head.length == MACHINE + 2 && head[MACHINE] == (byte) machine;
            return text.startsWith("#!") || isProgram ? Optional.empty() : Optional.of("exec format error");
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be read", e);
        }
    }
}
