package io.github.lambdashell.emulator.function;

import io.github.lambdashell.target.local.function.CodePackage;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.function.InvalidPackageException;
import io.github.lambdashell.target.local.state.FileTree;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Unpacked code, one directory for each content, shared by the functions that have it. */
public final class CodeStore {
    private final StateDirectory state;
    private final FunctionStore functions;

    /**
     * Code that is ready for a function.
     *
     * @param hash of the package
     * @param size of the package, in bytes
     * @param unpacked where it lies for now; null when the same code is in the store already
     */
    public record Code(byte[] hash, long size, Path unpacked) {
        /** As Lambda says it. */
        public String sha256() {
            return Base64.getEncoder().encodeToString(hash);
        }
    }

    public CodeStore(StateDirectory state, FunctionStore functions) {
        this.state = state;
        this.functions = functions;
    }

    /**
     * Unpacks a zip file.
     *
     * @throws InvalidPackageException when it isn't one, is too large unpacked, or would write elsewhere
     */
    public Code unpack(Path zip) throws IOException, InvalidPackageException {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(zip)) {
            byte[] buffer = new byte[64 * 1024];
            int count;
            while ((count = in.read(buffer)) >= 0) {
                digest.update(buffer, 0, count);
            }
        }
        byte[] hash = digest.digest();
        if (Files.isDirectory(directory(hash))) {
            return new Code(hash, Files.size(zip), null);
        }
        Path unpacked = state.temporaryDirectory();
        try {
            CodePackage.unpack(zip, unpacked);
            FileTree.openDirectories(unpacked);
        } catch (IOException | RuntimeException | InvalidPackageException e) {
            FileTree.delete(unpacked);
            throw e;
        }
        return new Code(hash, Files.size(zip), unpacked);
    }

    /** Makes code of one file. */
    public Code inline(String fileName, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        MessageDigest digest = sha256();
        digest.update(fileName.getBytes(StandardCharsets.UTF_8));
        byte[] hash = digest.digest(content);
        Path unpacked = state.temporaryDirectory();
        Path file = Files.write(unpacked.resolve(fileName), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        FileTree.openDirectories(unpacked);
        return new Code(hash, content.length, unpacked);
    }

    /** What is done with code, in the directory where it stays. */
    @FunctionalInterface
    public interface Use {
        /** @return the function that has the code from now on */
        FunctionDefinition in(Path directory) throws IOException;
    }

    /**
     * Puts code into the store together with the function that uses it; code that nobody uses any more is removed.
     *
     * @return false when the code was in the store and has been removed since: it has to be unpacked again
     */
    public boolean install(Code code, Use use) throws IOException {
        boolean installed = state.locked(() -> {
            Path directory = directory(code.hash());
            if (!Files.isDirectory(directory)) {
                if (code.unpacked() == null) {
                    return false;
                }
                Files.move(code.unpacked(), directory, StandardCopyOption.ATOMIC_MOVE);
            }
            functions.put(use.in(directory));
            removeUnused();
            return true;
        });
        if (code.unpacked() != null) {
            FileTree.delete(code.unpacked());
        }
        return installed;
    }

    /** Deletes a function, and its code when no other function has it. */
    public void delete(String functionName) throws IOException {
        state.locked(() -> {
            functions.delete(functionName);
            removeUnused();
            return null;
        });
    }

    private void removeUnused() throws IOException {
        Set<Path> used = new HashSet<>();
        for (FunctionDefinition function : functions.list()) {
            used.add(function.codeDirectory());
        }
        List<Path> directories;
        try (Stream<Path> files = Files.list(state.directory("code"))) {
            directories = files.toList();
        }
        for (Path directory : directories) {
            if (!used.contains(directory)) {
                FileTree.delete(directory);
            }
        }
    }

    private Path directory(byte[] hash) throws IOException {
        return state.directory("code").resolve(HexFormat.of().formatHex(hash));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
