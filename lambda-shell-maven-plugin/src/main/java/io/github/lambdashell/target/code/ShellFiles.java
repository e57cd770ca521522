package io.github.lambdashell.target.code;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
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

/** The shell function's own files, all of them in its folder but what Lambda looks for elsewhere. */
final class ShellFiles {
    private static final String WRAPPER = "wrapper";
    private static final String RESOURCES = "/io/github/lambdashell/target/aws/";
    private static final String BASH = "/io/github/lambdashell/target/code/bash/";

    private ShellFiles() {}

    /** Those of the implementation for a family of runtimes. */
    static List<PackageEntry> of(RuntimeFamily family) {
        try {
            List<PackageEntry> files = new ArrayList<>();
            switch (family) {
                case JAVA -> {
                    addCodeOf(ShellHandler.class, "/", files);
                    addCodeOf(RequestStreamHandler.class, "/", files);
                }
                // A name that stands for CommonJS, whatever the project's package.json says.
                case NODEJS -> files.add(new ShellFile(Layout.SHELL + "index.cjs", nodeHandler(), false));
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

    /** It lives in its template, from which it can be deployed without anything else. */
    private static byte[] nodeHandler() throws IOException {
        return new YAMLMapper()
                .readTree(resource(RESOURCES + "template-node.yaml"))
                .at("/Resources/ShellFunction/Properties/Code/ZipFile")
                .textValue()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ShellFiles.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    /** @param folder of the jar that the class comes from */
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
