package io.github.lambdashell.mojo;

import io.github.lambdashell.config.LambdaRuntimes;
import io.github.lambdashell.config.ShellException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.model.ConfigurationContainer;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * The runtime of a project that configures none: the oldest Java runtime that runs the project's classes.
 *
 * @param runtime identifier of a Lambda runtime
 * @param reason why it was chosen
 */
record DerivedRuntime(String runtime, String reason) {
    private static final String COMPILER = "org.apache.maven.plugins:maven-compiler-plugin";
    private static final int CLASS_FILE = 0xCAFEBABE;
    private static final int HEADER_BYTES = 8;
    /** The major version of class files of Java N is 44 + N. */
    private static final int FIRST_VERSION = 44;

    /**
     * Returns the runtime for the class files of the project, or of its package if there are no others. Before the first
     * build, the configuration of the compiler decides.
     *
     * @param archive the project's package, which may not exist; empty if it has none
     * @throws ShellException if Lambda has no runtime for them
     */
    static DerivedRuntime of(MavenProject project, Optional<Path> archive) {
        return classFiles(project, archive)
                .map(found -> new DerivedRuntime(
                        LambdaRuntimes.forRelease(String.valueOf(found.release())), found.toString()))
                .or(() -> compilerRelease(project)
                        .map(release -> new DerivedRuntime(
                                LambdaRuntimes.forRelease(release), "the compiler is configured for Java " + release)))
                .orElseGet(
                        () -> new DerivedRuntime(LambdaRuntimes.DEFAULT, "the default, as there are no class files"));
    }

    /**
     * Class files and the newest Java release that one of them is compiled for.
     *
     * @param place a folder or an archive
     */
    record ClassFiles(Path place, int release) {
        @Override
        public String toString() {
            return "the classes of " + place + " are compiled for Java " + release;
        }
    }

    /**
     * Returns the class files of the project, or of its package if there are no others.
     *
     * @param archive the project's package, which may not exist; empty if it has none
     */
    static Optional<ClassFiles> classFiles(MavenProject project, Optional<Path> archive) {
        return ofClasses(Path.of(project.getBuild().getOutputDirectory()))
                .or(() -> archive.filter(Files::isRegularFile).flatMap(DerivedRuntime::ofArchive));
    }

    private static Optional<ClassFiles> ofClasses(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try {
            return newest(directory, directory);
        } catch (IOException | UncheckedIOException e) {
            throw new ShellException(
                    "The class files in " + directory + " can't be read: " + e.getMessage(),
                    "Build the project again, or configure the runtime with <runtime> (lshell.runtime)",
                    e);
        }
    }

    private static Optional<ClassFiles> ofArchive(Path archive) {
        try (FileSystem zip = FileSystems.newFileSystem(archive)) {
            return newest(zip.getPath("/"), archive);
        } catch (IOException | UncheckedIOException e) {
            // The deploy refuses an archive that is damaged, and says why.
            return Optional.empty();
        }
    }

    /** Derives the runtime from the newest class file, except for those that older JVMs ignore. */
    private static Optional<ClassFiles> newest(Path root, Path place) throws IOException {
        Path versions = root.resolve("META-INF");
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".class")
                            && !file.endsWith("module-info.class")
                            && !file.startsWith(versions))
                    .map(DerivedRuntime::release)
                    .max(Integer::compare)
                    .filter(release -> release > 0)
                    .map(release -> new ClassFiles(place, release));
        }
    }

    /** Returns the Java release of a class file; 0 if it is none. */
    private static int release(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(HEADER_BYTES);
            ByteBuffer header = ByteBuffer.wrap(start);
            return start.length == HEADER_BYTES && header.getInt(0) == CLASS_FILE
                    ? header.getShort(HEADER_BYTES - 2) - FIRST_VERSION
                    : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the Java release that the compiler is configured for, as it is written. */
    static Optional<String> compilerRelease(MavenProject project) {
        Stream<String> ofPlugin = project.getBuildPlugins().stream()
                .filter(plugin -> plugin.getKey().equals(COMPILER))
                // An execution's configuration has the plugin's merged into it.
                .flatMap(plugin ->
                        Stream.of(plugin.getExecutionsAsMap().get("default-compile"), (ConfigurationContainer) plugin))
                .flatMap(Stream::ofNullable)
                .map(container -> (Xpp3Dom) container.getConfiguration())
                .flatMap(Stream::ofNullable)
                .flatMap(configuration -> Stream.of("release", "target").map(configuration::getChild))
                .flatMap(Stream::ofNullable)
                .map(Xpp3Dom::getValue);
        Stream<String> ofProperties = List.of("maven.compiler.release", "maven.compiler.target").stream()
                .map(project.getProperties()::getProperty);
        return Stream.concat(ofPlugin, ofProperties)
                .filter(release -> release != null && !release.isBlank())
                .findFirst();
    }
}
