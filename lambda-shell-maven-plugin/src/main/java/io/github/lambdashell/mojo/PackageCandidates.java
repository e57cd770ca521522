package io.github.lambdashell.mojo;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.sam.SamFunction;
import io.github.lambdashell.config.sam.SamTemplate;
import io.github.lambdashell.config.sam.SamTemplate.TemplateException;
import io.github.lambdashell.target.code.Sizes;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.model.ConfigurationContainer;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * The packages that a project builds, and the one among them that it would deploy to Lambda. They are the artifacts of
 * this build, and the files of an earlier one under the names that the POM gives them.
 */
final class PackageCandidates {
    private static final String SHADE = "org.apache.maven.plugins:maven-shade-plugin";
    private static final String ASSEMBLY = "org.apache.maven.plugins:maven-assembly-plugin";

    /** Classifiers of artifacts that are not for running; SNAPSHOT is the end of another version. */
    private static final Pattern OTHER_CLASSIFIER = Pattern.compile("(test-)?(sources|javadoc)|tests|src|SNAPSHOT.*");

    /** Number of the project's classes that are looked up in an archive. */
    private static final int SAMPLE = 200;

    private final MavenProject project;
    private final boolean isJava;
    private final Path directory;
    private final Path target;

    /**
     * @param project a project with a directory
     * @param isJava whether the function's runtime is a Java runtime; only such a runtime takes a jar
     */
    PackageCandidates(MavenProject project, boolean isJava) {
        this.project = project;
        this.isJava = isJava;
        this.directory = project.getBasedir().toPath().normalize();
        this.target = directory.resolve(project.getBuild().getDirectory()).normalize();
    }

    /**
     * A package.
     *
     * @param file a jar or zip file, which may not be built yet
     * @param origin the reason why it is the one to deploy
     * @param isMain whether it is the project's main artifact
     */
    record Candidate(Path file, String origin, boolean isMain) {}

    /**
     * Returns the package that the project would deploy, in this order: the one that a SAM template names, the one that
     * Quarkus builds for Lambda, one that was built in addition to the main artifact and contains the project's classes,
     * the main artifact.
     *
     * @param function the function of the template that decides; null for all functions of the project's templates
     * @return a file that may not be built yet; empty if the project builds no package
     * @throws ShellException if there is more than one possibility, or a template names a folder that the build writes
     */
    Optional<Candidate> choose(SamFunction function) {
        Optional<Candidate> named = function == null
                ? ofTemplates()
                : only(named(
                        function.template(),
                        Optional.ofNullable(function.code()).stream().collect(Collectors.toSet())));
        return named.or(this::ofQuarkus).or(this::ofBuild);
    }

    private Optional<Candidate> ofTemplates() {
        try {
            return SamTemplate.of(directory).stream()
                    .map(template -> named(
                            template.file(),
                            template.code().stream()
                                    .filter(code -> code.startsWith(directory))
                                    .collect(Collectors.toSet())))
                    .filter(named -> !named.isEmpty())
                    .findFirst()
                    .flatMap(this::only);
        } catch (TemplateException e) {
            throw new ShellException(
                    "The project's template can't be read: " + e.getMessage(),
                    "Correct it, or specify the package with <codePath> (lshell.codePath)",
                    e);
        }
    }

    private List<Candidate> named(Path template, Set<Path> codeUris) {
        List<Candidate> named = new ArrayList<>();
        String origin = "CodeUri in " + shown(template);
        for (Path code : codeUris) {
            if (isPackage(code)) {
                named.add(new Candidate(code, origin, false));
            } else if (code.startsWith(target)) {
                throw new ShellException(
                        origin + " names " + shown(code) + ", which is not a package of the runtime",
                        "Specify " + (isJava ? "a jar or zip file" : "a zip file")
                                + " of the same content with <codePath> (lshell.codePath), or none for the shell alone");
            } else if (code.equals(directory) && isJava) {
                named.add(new Candidate(main(), origin + " is the project", true));
            }
        }
        return named;
    }

    private Optional<Candidate> ofQuarkus() {
        boolean forLambda = project.getDependencies().stream()
                .anyMatch(dependency -> dependency.getGroupId().equals("io.quarkus")
                        && dependency.getArtifactId().startsWith("quarkus-amazon-lambda"));
        return forLambda
                ? Optional.of(new Candidate(target.resolve("function.zip"), "built by Quarkus for Lambda", false))
                : Optional.empty();
    }

    private Optional<Candidate> ofBuild() {
        Path main = main();
        boolean isShaded = Files.exists(main.resolveSibling("original-" + main.getFileName()));
        Set<String> classes = classes(main);
        List<Candidate> built = Stream.concat(built(), isJava ? otherZips() : Stream.empty())
                .distinct()
                .filter(file -> !file.equals(main) && (!isJava || isLoadable(file, classes)))
                .map(file ->
                        new Candidate(file, isJava ? "built in addition to " + shown(main) : "the project's", false))
                .collect(Collectors.toCollection(ArrayList::new));
        Candidate own =
                new Candidate(main, isShaded ? "the project's artifact, shaded" : "the project's artifact", true);
        if (isPackage(main) && isShaded) {
            built.add(0, own);
        }
        return only(built)
                .or(() -> isPackage(main) && (Files.exists(main) || hasCode()) ? Optional.of(own) : Optional.empty());
    }

    private Optional<Candidate> only(List<Candidate> candidates) {
        if (candidates.size() > 1) {
            throw new ShellException(
                    "The project has " + candidates.size() + " packages that it could deploy: "
                            + candidates.stream()
                                    .map(candidate -> shown(candidate.file()) + size(candidate.file()))
                                    .collect(Collectors.joining(", ")),
                    "Specify one with <codePath> (lshell.codePath), or none for the shell alone");
        }
        return candidates.stream().findFirst();
    }

    private static String size(Path file) {
        try {
            return Files.exists(file) ? " (" + Sizes.text(Files.size(file)) + ")" : " (not built)";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the main artifact's file: this build's, otherwise the path that the next build will write. */
    Path main() {
        Artifact artifact = project.getArtifact();
        if (artifact != null && artifact.getFile() != null && artifact.getFile().isFile()) {
            return artifact.getFile().toPath().normalize();
        }
        String extension = artifact == null || artifact.getArtifactHandler() == null
                ? project.getPackaging()
                : artifact.getArtifactHandler().getExtension();
        return target.resolve(project.getBuild().getFinalName() + "." + extension);
    }

    /** Returns whether the project has something to package, so that a missing package is not built yet. */
    private boolean hasCode() {
        return Files.isDirectory(directory.resolve("src/main"))
                || Files.isDirectory(Path.of(project.getBuild().getOutputDirectory()));
    }

    private boolean isPackage(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".zip") || isJava && name.endsWith(".jar");
    }

    /** Returns the packages that exist. */
    private Stream<Path> built() {
        Stream<Path> attached = project.getAttachedArtifacts().stream()
                .filter(artifact -> artifact.getFile() != null && !isOther(artifact.getClassifier()))
                .map(Artifact::getFile)
                .map(File::toPath);
        Set<Path> names = new LinkedHashSet<>();
        names.add(target.resolve(project.getBuild().getFinalName()));
        names.add(target.resolve(project.getArtifactId() + "-" + project.getVersion()));
        List<Path> files = new ArrayList<>(List.of(target.resolve("function.zip")));
        for (String plugin : List.of(SHADE, ASSEMBLY)) {
            for (Xpp3Dom configuration : configurations(plugin)) {
                Path folder = value(configuration, "outputDirectory")
                        .map(directory::resolve)
                        .orElse(target);
                value(configuration, "finalName").map(folder::resolve).ifPresent(names::add);
                names.add(folder.resolve(project.getBuild().getFinalName()));
                value(configuration, "shadedArtifactId")
                        .map(id -> folder.resolve(id + "-" + project.getVersion()))
                        .ifPresent(names::add);
                value(configuration, "outputFile").map(directory::resolve).ifPresent(files::add);
            }
        }
        return Stream.of(attached, names.stream().flatMap(PackageCandidates::named), files.stream())
                .flatMap(found -> found)
                .map(Path::normalize)
                .filter(this::isPackage)
                .filter(Files::isRegularFile)
                .distinct();
    }

    /** Returns zip files of any name that are newer than the project's classes; others may be of an earlier version. */
    private Stream<Path> otherZips() {
        Optional<FileTime> compiled = compiled();
        if (compiled.isEmpty() || !Files.isDirectory(target)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files
                    .filter(file ->
                            file.toString().endsWith(".zip") && modified(file).compareTo(compiled.get()) >= 0)
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a warning if the project was compiled again after its build wrote a package. */
    Optional<String> outdated(Path archive) {
        return compiled()
                .filter(time -> archive.startsWith(target)
                        && Files.isRegularFile(archive)
                        && modified(archive).compareTo(time) < 0)
                .map(time -> shown(archive) + " is older than the classes in "
                        + shown(Path.of(project.getBuild().getOutputDirectory()))
                        + ", so what was compiled last is not in it; run mvn package first");
    }

    /** Returns the time at which the project was compiled; empty if it has no classes. */
    private Optional<FileTime> compiled() {
        Path output = Path.of(project.getBuild().getOutputDirectory());
        if (!Files.isDirectory(output)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(output)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(PackageCandidates::modified)
                    .max(FileTime::compareTo);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the files of a name, with any classifier. */
    private static Stream<Path> named(Path name) {
        String base = name.getFileName().toString();
        try (Stream<Path> files = Files.list(name.getParent())) {
            return files
                    .filter(file -> {
                        String stem = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
                        return stem.equals(base)
                                || stem.startsWith(base + "-") && !isOther(stem.substring(base.length() + 1));
                    })
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            // The folder does not exist before the first build.
            return Stream.empty();
        }
    }

    private static boolean isOther(String classifier) {
        return classifier != null && OTHER_CLASSIFIER.matcher(classifier).matches();
    }

    private List<Xpp3Dom> configurations(String plugin) {
        return project.getBuildPlugins().stream()
                .filter(candidate -> candidate.getKey().equals(plugin))
                .flatMap(PackageCandidates::containers)
                .map(ConfigurationContainer::getConfiguration)
                .filter(Xpp3Dom.class::isInstance)
                .map(Xpp3Dom.class::cast)
                .toList();
    }

    private static Stream<ConfigurationContainer> containers(Plugin plugin) {
        return Stream.concat(Stream.of(plugin), plugin.getExecutions().stream());
    }

    private static Optional<String> value(Xpp3Dom configuration, String name) {
        return Optional.ofNullable(configuration.getChild(name))
                .map(Xpp3Dom::getValue)
                .filter(value -> !value.isBlank());
    }

    /** Returns the names of some of the project's classes, from its output directory or otherwise from its artifact. */
    private Set<String> classes(Path main) {
        Path output = Path.of(project.getBuild().getOutputDirectory());
        if (Files.isDirectory(output)) {
            try (Stream<Path> files = Files.walk(output)) {
                return sample(
                        files.map(file -> output.relativize(file).toString().replace(File.separatorChar, '/')));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sample(entries(main).stream());
    }

    private static Set<String> sample(Stream<String> names) {
        return names.filter(name ->
                        name.endsWith(".class") && !name.endsWith("-info.class") && !name.startsWith("META-INF/"))
                .limit(SAMPLE)
                .collect(Collectors.toSet());
    }

    /**
     * Returns whether Lambda's class path, /var/task and /var/task/lib/*, has the project's classes if this is the
     * package. One that is damaged is not passed over here, so that the deploy refuses it.
     */
    private boolean isLoadable(Path file, Set<String> classes) {
        Set<String> entries = entries(file);
        String jar = "lib/" + project.getArtifactId() + "-" + project.getVersion();
        String named = "lib/" + project.getBuild().getFinalName() + ".jar";
        return entries.isEmpty()
                || entries.containsAll(classes)
                || entries.stream()
                        .anyMatch(name -> name.endsWith(".jar") && name.startsWith(jar) || name.equals(named));
    }

    private static Set<String> entries(Path archive) {
        if (!Files.isRegularFile(archive)) {
            return Set.of();
        }
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            return zip.stream().map(ZipEntry::getName).collect(Collectors.toSet());
        } catch (IOException e) {
            return Set.of();
        }
    }

    private String shown(Path file) {
        return file.startsWith(directory) ? directory.relativize(file).toString() : file.toString();
    }
}
