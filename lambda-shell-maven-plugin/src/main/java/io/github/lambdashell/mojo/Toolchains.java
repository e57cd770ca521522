package io.github.lambdashell.mojo;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.inject.Inject;
import javax.inject.Named;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.toolchain.ToolchainManager;

/** The JDKs of the user's toolchains.xml. */
@Named
final class Toolchains {
    private final ToolchainManager manager;

    @Inject
    Toolchains(ToolchainManager manager) {
        this.manager = manager;
    }

    /** Where they are, in the order of the file; one that is not there any more is left out. */
    List<Path> javaHomes(MavenSession session) {
        return manager.getToolchains(session, "jdk", null).stream()
                .flatMap(toolchain -> Stream.ofNullable(toolchain.findTool("java")))
                .map(java -> Path.of(java).getParent().getParent())
                .toList();
    }
}
