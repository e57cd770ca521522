package io.github.lambdashell.mojo;

import io.github.lambdashell.config.ProjectCode;
import io.github.lambdashell.config.RuntimeFamily;
import io.github.lambdashell.config.ShellException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.inject.Inject;
import javax.inject.Named;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.DefaultDependencyResolutionRequest;
import org.apache.maven.project.DependencyResolutionException;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;

/** Finds the package that a project would deploy. */
@Named
final class ProjectArtifact {
    private static final String NONE = "none";

    private final ProjectDependenciesResolver resolver;

    @Inject
    ProjectArtifact(ProjectDependenciesResolver resolver) {
        this.resolver = resolver;
    }

    /**
     * Returns the package for a function.
     *
     * @param codePath as configured: a file, {@code none}, or null for the project's own artifact
     * @param runtime the function's runtime; only a Java runtime takes the project's own jar
     * @return null for the shell alone
     * @throws ShellException if the project's dependencies can't be resolved
     */
    ProjectCode find(String codePath, String runtime, MavenSession session) {
        if (NONE.equals(codePath)) {
            return null;
        }
        MavenProject project = session.getCurrentProject();
        Optional<Path> built = built(project);
        if (codePath == null) {
            boolean isJava = RuntimeFamily.of(runtime) == RuntimeFamily.JAVA;
            return built.filter(file -> isJava || !isJar(file))
                    .map(file -> code(file, project, session))
                    .orElse(null);
        }
        Path configured = project.getBasedir() == null
                ? Path.of(codePath).toAbsolutePath()
                : project.getBasedir().toPath().resolve(codePath);
        return built.filter(configured.normalize()::equals).isPresent()
                ? code(built.get(), project, session)
                : new ProjectCode(configured, List.of());
    }

    /** Returns the jar or zip file of this build, or that of an earlier one if this build does not package. */
    private static Optional<Path> built(MavenProject project) {
        String name = project.getBuild().getFinalName();
        Path directory = Path.of(project.getBuild().getDirectory());
        return Stream.concat(
                        Stream.ofNullable(project.getArtifact())
                                .flatMap(artifact -> Stream.ofNullable(artifact.getFile()))
                                .map(File::toPath),
                        Stream.of(directory.resolve(name + ".jar"), directory.resolve(name + ".zip")))
                .filter(file -> isJar(file) || file.toString().endsWith(".zip"))
                .filter(Files::isRegularFile)
                .map(Path::normalize)
                .findFirst();
    }

    private ProjectCode code(Path archive, MavenProject project, MavenSession session) {
        return new ProjectCode(archive, isJar(archive) ? libraries(project, session) : List.of());
    }

    /** Resolves them only when they are needed; Maven would do it for every call, and fail where it is not possible. */
    private List<Path> libraries(MavenProject project, MavenSession session) {
        var request = new DefaultDependencyResolutionRequest(project, session.getRepositorySession());
        request.setResolutionFilter(DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME));
        try {
            return resolver.resolve(request).getResolvedDependencies().stream()
                    .map(Dependency::getArtifact)
                    .filter(artifact -> !artifact.getExtension().equals("pom"))
                    .map(Artifact::getFile)
                    .map(File::toPath)
                    .toList();
        } catch (DependencyResolutionException e) {
            throw new ShellException(
                    "The project's runtime dependencies can't be resolved: " + e.getMessage(),
                    "Nothing was deployed; build the project first, or deploy the shell alone with"
                            + " -Dlshell.codePath=none",
                    e);
        }
    }

    private static boolean isJar(Path file) {
        return file.toString().endsWith(".jar");
    }
}
