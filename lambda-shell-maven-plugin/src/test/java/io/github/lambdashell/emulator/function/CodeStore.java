package io.github.lambdashell.emulator.function;

import io.github.lambdashell.target.local.function.CodePackage;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.function.InvalidPackageException;
import io.github.lambdashell.target.local.state.FileTree;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A store of unpacked code, with one directory for each content, which functions share. */
public final class CodeStore {
    private final StateDirectory state;
    private final FunctionStore functions;

    /**
     * Unpacked code for a function.
     *
     * @param hash hash of the package
     * @param size size of the package in bytes
     * @param unpacked its temporary directory; null if the store already has the same code
     */
    public record Code(byte[] hash, long size, Path unpacked) {
        /** Returns the hash in Lambda's form. */
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
     * @throws InvalidPackageException if it is not a zip file, is too large unpacked, or has an entry that leads out of
     *     it
     */
    public Code unpack(Path zip) throws IOException, InvalidPackageException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(zip), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
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

    /** Creates code of one file. */
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

    /** Creation of a function with installed code. */
    @FunctionalInterface
    public interface Use {
        /**
         * Creates the function.
         *
         * @return the function that uses the code in this directory
         */
        FunctionDefinition in(Path directory) throws IOException;
    }

    /**
     * Adds code to the store together with the function that uses it, and deletes code without a function.
     *
     * @return false if the store had the code but it was deleted since, so that it must be unpacked again
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

    /** Deletes a function, and its code if no other function uses it. */
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
