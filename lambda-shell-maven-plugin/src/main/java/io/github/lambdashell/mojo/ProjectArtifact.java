package io.github.lambdashell.mojo;

import io.github.lambdashell.check.ready.BuildFiles;
import io.github.lambdashell.config.ProjectCode;
import io.github.lambdashell.config.RelativePath;
import io.github.lambdashell.config.RuntimeFamily;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.sam.SamFunction;
import java.io.File;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
     * @param codePath as configured: a file, {@code none}, or null for the one that the project would deploy
     * @param function the template's function, whose code is the default; null for none
     * @param runtime the function's runtime; only a Java runtime takes a jar
     * @return the package, which may not be built yet; null for the shell alone
     * @throws ShellException if the project could deploy several packages, or its dependencies can't be resolved
     */
    ProjectCode find(String codePath, SamFunction function, String runtime, MavenSession session) {
        if (NONE.equals(codePath)) {
            return null;
        }
        MavenProject project = session.getCurrentProject();
        if (project.getBasedir() == null) {
            return codePath == null
                    ? ofTemplate(function)
                    : new ProjectCode(Path.of(codePath).toAbsolutePath(), List.of());
        }
        PackageCandidates candidates = new PackageCandidates(project, RuntimeFamily.of(runtime) == RuntimeFamily.JAVA);
        if (codePath == null) {
            return candidates
                    .choose(function)
                    .map(chosen -> new ProjectCode(
                            chosen.file(),
                            chosen.origin(),
                            chosen.isMain() ? libraries(chosen.file(), session) : List.of()))
                    .orElse(null);
        }
        Path configured = project.getBasedir().toPath().resolve(codePath).normalize();
        return new ProjectCode(
                configured, configured.equals(candidates.main()) ? libraries(configured, session) : List.of());
    }

    /** Returns a warning if the project was compiled again after its package was built. */
    static Optional<String> outdated(ProjectCode code, MavenProject project) {
        return code == null || project.getBasedir() == null
                ? Optional.empty()
                : new PackageCandidates(project, true).outdated(code.archive());
    }

    /** Returns the file that a template names, without a project that could have another. */
    private static ProjectCode ofTemplate(SamFunction function) {
        return function == null || function.code() == null || !Files.isRegularFile(function.code())
                ? null
                : new ProjectCode(function.code(), "CodeUri in " + RelativePath.of(function.template()), List.of());
    }

    private List<Path> libraries(Path archive, MavenSession session) {
        return archive.toString().endsWith(".jar") && Files.exists(archive)
                ? libraries(session.getCurrentProject(), session)
                : List.of();
    }

    /**
     * Returns the files of the build that the package of a function is compared with; see {@link #find}.
     *
     * @throws ShellException if the package or the dependencies can't be read
     */
    BuildFiles buildFiles(String codePath, SamFunction function, String runtime, MavenSession session) {
        Optional<Path> archive = Optional.ofNullable(find(codePath, function, runtime, session))
                .map(ProjectCode::archive)
                .filter(Files::isRegularFile);
        MavenProject project = session.getCurrentProject();
        List<BuildFiles.Dependency> dependencies = new ArrayList<>();
        if (project.getBasedir() != null) {
            for (Artifact artifact : runtimeArtifacts(project, session)) {
                String name = artifact.getGroupId() + ":" + artifact.getArtifactId() + ":" + artifact.getVersion();
                dependencies.add(
                        new BuildFiles.Dependency(name, artifact.getFile().toPath()));
            }
            dependencies.add(new BuildFiles.Dependency(
                    "the project", Path.of(project.getBuild().getOutputDirectory())));
        }
        try {
            return BuildFiles.of(dependencies, archive);
        } catch (UncheckedIOException e) {
            throw new ShellException(
                    "The project's package or a dependency can't be read: "
                            + e.getCause().getMessage(),
                    "Build the project again",
                    e);
        }
    }

    private List<Path> libraries(MavenProject project, MavenSession session) {
        return runtimeArtifacts(project, session).stream()
                .map(Artifact::getFile)
                .map(File::toPath)
                .toList();
    }

    /** Resolves them only when they are needed; Maven would do it for every call, and fail where it is not possible. */
    private List<Artifact> runtimeArtifacts(MavenProject project, MavenSession session) {
        var request = new DefaultDependencyResolutionRequest(project, session.getRepositorySession());
        request.setResolutionFilter(DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME));
        try {
            return resolver.resolve(request).getResolvedDependencies().stream()
                    .map(Dependency::getArtifact)
                    .filter(artifact -> !artifact.getExtension().equals("pom"))
                    .toList();
        } catch (DependencyResolutionException e) {
            throw new ShellException(
                    "The project's runtime dependencies can't be resolved: " + e.getMessage(),
                    "Nothing was deployed; build the project first, or deploy the shell alone with"
                            + " -Dlshell.codePath=none",
                    e);
        }
    }
}
