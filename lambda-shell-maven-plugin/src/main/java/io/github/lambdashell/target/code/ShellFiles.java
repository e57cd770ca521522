package io.github.lambdashell.target.code;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lambdashell.config.RuntimeFamily;
import io.github.lambdashell.function.ShellHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The shell function's files. All are in its directory except those that Lambda looks up elsewhere. */
final class ShellFiles {
    private static final String WRAPPER = "wrapper";
    private static final String RESOURCES = "/io/github/lambdashell/target/code/";
    private static final String BASH = RESOURCES + "bash/";
    private static final String CAPTURE = "capture.bash";

    /** The expression of the Node.js handler that reads the capture script. */
    private static final String READ_CAPTURE = "fs.readFileSync(path.join(__dirname, 'capture.bash'), 'utf8')";

    private ShellFiles() {}

    /**
     * Returns the files of the implementation for a family of runtimes.
     *
     * @param alone whether the package contains nothing of a project
     */
    static List<PackageEntry> of(RuntimeFamily family, boolean alone) {
        try {
            List<PackageEntry> files = new ArrayList<>();
            switch (family) {
                case JAVA -> {
                    addCodeOf(ShellHandler.class, "/", files);
                    addCodeOf(RequestStreamHandler.class, "/", files);
                }
                case NODEJS -> {
                    if (alone) {
                        files.add(new ShellFile("index.js", selfContainedNode(), false));
                        return files;
                    }
                    // The extension makes it CommonJS even if the project's package.json has another default.
                    files.add(new ShellFile(Layout.SHELL + "index.cjs", resource(RESOURCES + "node/index.js"), false));
                    files.add(new ShellFile(Layout.SHELL + CAPTURE, resource(BASH + CAPTURE), false));
                }
                case PROVIDED -> {
                    addCodeOf(ShellFiles.class, BASH, files);
                    files.add(new ShellFile(Layout.BOOTSTRAP, resource(BASH + WRAPPER), true));
                }
                case MANAGED -> addCodeOf(ShellFiles.class, BASH, files);
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the shell function's own files", e);
        }
    }

    /** Returns the handler with the capture script included, as in the template for Node.js. */
    private static byte[] selfContainedNode() throws IOException {
        String handler = new String(resource(RESOURCES + "node/index.js"), StandardCharsets.UTF_8);
        String capture = new String(resource(BASH + CAPTURE), StandardCharsets.UTF_8);
        return handler.replace(READ_CAPTURE, new ObjectMapper().writeValueAsString(capture))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ShellFiles.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    /**
     * Adds the files of a directory in the jar that contains a class.
     *
     * @param anchor a class of that jar
     * @param folder path of the directory in the jar
     */
    private static void addCodeOf(Class<?> anchor, String folder, List<PackageEntry> files) throws IOException {
        try {
            Path source = Path.of(
                    anchor.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(source)) {
                addFiles(source.resolve(folder.substring(1)), files);
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(source)) {
                    addFiles(jar.getPath(folder), files);
                }
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class path entry is always a URI", e);
        }
    }

    private static void addFiles(Path root, List<PackageEntry> files) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                String name = root.relativize(path).toString().replace('\\', '/');
                if (!name.startsWith("META-INF/")) {
                    files.add(new ShellFile(Layout.SHELL + name, Files.readAllBytes(path), name.equals(WRAPPER)));
                }
            }
        }
    }
}
