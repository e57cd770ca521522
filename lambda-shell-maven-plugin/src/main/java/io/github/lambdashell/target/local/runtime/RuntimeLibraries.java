package io.github.lambdashell.target.local.runtime;

import io.github.lambdashell.target.local.state.FileTree;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The libraries that Lambda's Java runtimes have in /var/runtime/lib: AWS's official runtime interface client and what it
 * needs, which are dependencies of the plugin.
 */
public final class RuntimeLibraries {
    /** A class of each library. */
    private static final List<String> CLASSES = List.of(
            "com/amazonaws/services/lambda/runtime/RequestHandler.class",
            "com/amazonaws/services/lambda/runtime/api/client/AWSLambda.class",
            "com/amazonaws/services/lambda/runtime/serialization/PojoSerializer.class",
            "software/amazon/awssdk/utilslite/SdkInternalThreadLocal.class");

    /** The client's native library for this machine, relative to the folder of the libraries. */
    public static final String NATIVE_LIBRARY = "jni/libaws-lambda-jni.linux-"
            + (System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64") + ".so";

    private RuntimeLibraries() {}

    /** Returns a folder as /var/runtime on Lambda, which is created when there is none with these versions. */
    static Path folder(StateDirectory state) throws IOException {
        List<Path> jars = jars();
        StringBuilder content = new StringBuilder();
        for (Path jar : jars) {
            content.append(jar.getFileName())
                    .append(' ')
                    .append(Files.size(jar))
                    .append('\n');
        }
        Path folder = state.directory("runtimes")
                .resolve("java-" + Integer.toHexString(content.toString().hashCode()));
        if (!Files.isDirectory(folder)) {
            Path unfinished = state.temporaryDirectory();
            copyTo(unfinished.resolve("lib"));
            FileTree.openDirectories(unfinished);
            state.locked(() -> {
                // Another build may have created it meanwhile.
                if (!Files.isDirectory(folder)) {
                    Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
                }
                return folder;
            });
        }
        return folder;
    }

    /** Copies the libraries to a folder, which is created. */
    public static void copyTo(Path lib) throws IOException {
        Path nativeLibrary = lib.resolve(NATIVE_LIBRARY);
        Files.createDirectories(nativeLibrary.getParent());
        try (InputStream content = RuntimeLibraries.class.getResourceAsStream("/" + NATIVE_LIBRARY)) {
            Files.copy(content, nativeLibrary);
        }
        letEverybodyRead(nativeLibrary);
        for (Path jar : jars()) {
            letEverybodyRead(Files.copy(jar, lib.resolve(jar.getFileName())));
        }
    }

    private static void letEverybodyRead(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static List<Path> jars() throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String name : CLASSES) {
            URL found = RuntimeLibraries.class.getClassLoader().getResource(name);
            if (found == null || !(found.openConnection() instanceof JarURLConnection jar)) {
                throw new IOException("the plugin's dependency with " + name + " is not a jar: " + found);
            }
            try {
                jars.add(Path.of(jar.getJarFileURL().toURI()));
            } catch (URISyntaxException e) {
                throw new IOException("not a path: " + jar.getJarFileURL(), e);
            }
        }
        return jars;
    }
}
