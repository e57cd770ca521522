package io.github.lambdashell.symptom;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.target.local.runtime.RuntimeLibraries;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.io.FileUtils;

/** The project of a symptom, built as its user would: sources are compiled, and the result is packed. */
final class SymptomProject {
    private static final int DEFAULT_RELEASE = 17;
    private static final int CLASS_VERSION_OF_JAVA_0 = 44;
    private static final int CLASS_VERSION_OFFSET = 7;
    private static final String JAR = ".jar";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final Path directory;
    private final Build build;
    private final List<Path> runtime;

    /**
     * How a package is built.
     *
     * @param release the Java release of the classes; one that is newer than this JDK's is written into classes that are
     *     compiled for this JDK; defaults to 17
     * @param modes modes of the package's entries, and of files of the layer by their path below /opt, such as "0600";
     *     defaults to 0755 for files that begin with #!, and to 0644 for all others
     * @param remove entries that are removed from the package after it was compiled
     * @param shaded whether the jars in lib/ are merged into the package, the first file of a name wins and their manifests
     *     are lost
     */
    record Build(Integer release, Map<String, String> modes, List<String> remove, boolean shaded) {
        static final Build DEFAULT = new Build(null, null, null, false);

        Build {
            release = release == null ? DEFAULT_RELEASE : release;
            modes = modes == null ? Map.of() : Map.copyOf(modes);
            remove = remove == null ? List.of() : List.copyOf(remove);
        }
    }

    /**
     * Creates a project.
     *
     * @param directory an empty directory for the build
     * @param runtime a folder with the libraries of the Java runtime
     */
    private SymptomProject(Path directory, Build build, Path runtime) throws IOException {
        this.directory = directory;
        this.build = build;
        try (Stream<Path> jars = Files.list(runtime)) {
            this.runtime =
                    jars.filter(jar -> jar.toString().endsWith(JAR)).sorted().toList();
        }
    }

    /** Copies the libraries against which projects are compiled to a folder. */
    static Path runtimeLibraries(Path folder) throws IOException {
        RuntimeLibraries.copyTo(folder);
        return folder;
    }

    /** Returns the folder of a variant's layer, which exists after the build if the variant has one. */
    static Path layer(Path directory) {
        return directory.resolve("layer");
    }

    /**
     * Builds a variant of a symptom's project, and its layer.
     *
     * @param directory a directory for the build
     * @param runtime a folder with the libraries of the Java runtime
     * @return the package; empty if the project has no files
     */
    static Optional<Path> build(Symptom symptom, Symptom.Variant variant, Build build, Path directory, Path runtime)
            throws IOException {
        Path project = directory.resolve("project");
        for (String folder : List.of("project", variant.folderName())) {
            Path source = symptom.folder().resolve(folder);
            if (Files.exists(source)) {
                FileUtils.copyDirectory(source.toFile(), project.toFile());
            }
        }
        return new SymptomProject(directory, build, runtime).build(project);
    }

    private Optional<Path> build(Path project) throws IOException {
        Path layerSource = project.resolve("layer");
        Map<String, byte[]> layer =
                Files.isDirectory(layerSource) ? files(layerSource, directory.resolve("layer-classes")) : Map.of();
        for (Map.Entry<String, byte[]> file : layer.entrySet()) {
            Path target = layer(directory).resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
            Files.setPosixFilePermissions(target, permissions(mode("/opt/" + file.getKey(), file.getValue())));
        }
        Map<String, byte[]> entries = archive(project, directory.resolve("classes"));
        if (build.shaded()) {
            merge(entries);
        }
        build.remove().forEach(name -> assertThat(entries.remove(name)).as(name).isNotNull());
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Files.write(directory.resolve("function" + JAR), zip(withRelease(entries))));
    }

    /** Returns the entries of an archive: its compiled sources in {@code src}, and its {@code files}. */
    private Map<String, byte[]> archive(Path folder, Path work) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        Path files = folder.resolve("files");
        if (Files.isDirectory(files)) {
            entries.putAll(files(files, work.resolve("jars")));
        }
        Path sources = folder.resolve("src");
        if (Files.isDirectory(sources)) {
            entries.putAll(compile(sources, entries, work));
        }
        return entries;
    }

    /** Returns the files of a folder, of which a folder whose name ends with .jar is an archive. */
    private Map<String, byte[]> files(Path folder, Path work) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : children.sorted().toList()) {
                String name = child.getFileName().toString();
                if (!Files.isDirectory(child)) {
                    entries.put(name, Files.readAllBytes(child));
                } else if (name.endsWith(JAR)) {
                    Map<String, byte[]> jar = archive(child, work.resolve(name + ".work"));
                    Files.write(Files.createDirectories(work).resolve(name), zip(jar));
                    entries.put(name, zip(withRelease(jar)));
                } else {
                    files(child, work).forEach((path, content) -> entries.put(name + "/" + path, content));
                }
            }
        }
        return entries;
    }

    private Map<String, byte[]> compile(Path sources, Map<String, byte[]> libraries, Path work) throws IOException {
        Path classes = Files.createDirectories(work.resolve("classes"));
        List<Path> classPath = new ArrayList<>(runtime);
        classPath.addAll(builtJars(directory));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int release = Math.min(build.release(), Runtime.version().feature());
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
                Stream<Path> files = Files.walk(sources)) {
            manager.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
            manager.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            Iterable<? extends JavaFileObject> units = manager.getJavaFileObjectsFromPaths(
                    files.filter(Files::isRegularFile).sorted().toList());
            List<String> options = List.of("--release", Integer.toString(release), "-g", "-proc:none", "-nowarn");
            assertThat(compiler.getTask(messages, manager, null, options, null, units)
                            .call())
                    .as("%s", messages)
                    .isTrue();
        }
        return files(classes, work);
    }

    /** Writes a release that this JDK can't compile for into classes; the compiler could not read them after that. */
    private Map<String, byte[]> withRelease(Map<String, byte[]> entries) {
        if (build.release() > Runtime.version().feature()) {
            entries.forEach((name, content) -> {
                if (name.endsWith(".class")) {
                    content[CLASS_VERSION_OFFSET] = (byte) (CLASS_VERSION_OF_JAVA_0 + build.release());
                }
            });
        }
        return entries;
    }

    /** Returns the jars that have been built so far, the layer's too: one can be compiled against those before it. */
    private static List<Path> builtJars(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(JAR))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    private void merge(Map<String, byte[]> entries) throws IOException {
        List<String> jars = entries.keySet().stream()
                .filter(name -> name.startsWith("lib/") && name.endsWith(JAR))
                .toList();
        for (String jar : jars) {
            try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(entries.remove(jar)))) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    if (!entry.getName().equals(MANIFEST)) {
                        entries.putIfAbsent(entry.getName(), zip.readAllBytes());
                    }
                }
            }
        }
    }

    private byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : entries.entrySet()) {
                ZipArchiveEntry entry = new ZipArchiveEntry(file.getKey());
                entry.setUnixMode(UnixStat.FILE_FLAG | mode(file.getKey(), file.getValue()));
                zip.putArchiveEntry(entry);
                zip.write(file.getValue());
                zip.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private int mode(String name, byte[] content) {
        String mode = build.modes().get(name);
        if (mode != null) {
            return Integer.parseInt(mode, 8);
        }
        boolean isScript = content.length > 1 && content[0] == '#' && content[1] == '!';
        return isScript ? 0755 : 0644;
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        return Stream.of(PosixFilePermission.values())
                .filter(permission -> (mode & (0400 >> permission.ordinal())) != 0)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(PosixFilePermission.class)));
    }
}
