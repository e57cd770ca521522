package io.github.lambdashell.target.code;

import io.github.lambdashell.config.ProjectCode;
import io.github.lambdashell.config.RuntimeFamily;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.function.ShellHandler;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * The package that is deployed to /var/task: the shell function of a runtime's family and, if there is one, the
 * project's package.
 */
public final class FunctionPackage implements AutoCloseable {
    /**
     * Lambda's limit of the unpacked size in bytes, layers included. The limit of the packed size, 50 MB, applies only
     * to packages that are uploaded to Lambda itself; this one is uploaded to S3.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda quotas</a>
     */
    private static final long LARGEST_BYTES = 262_144_000;

    private static final int LARGEST_NAMED = 5;
    private static final int KEY_BYTES = 16;

    private final RuntimeFamily family;
    private final ProjectArchive project;
    private final SortedMap<String, PackageEntry> entries = new TreeMap<>();
    private final byte[] hash;
    private final String description;

    private FunctionPackage(RuntimeFamily family, ProjectCode code) {
        this.family = family;
        this.project = code == null ? null : ProjectArchive.open(code.archive(), family);
        try {
            add(ShellFiles.of(family, project == null));
            String projects = "the shell alone";
            if (project != null) {
                List<PackageEntry> files = project.entries(family);
                add(files);
                List<PackageEntry> libraries = Libraries.of(code, entries.keySet());
                add(libraries);
                requireFits(code);
                projects = describe(code) + " beside the shell: " + files.size() + " entries, "
                        + (libraries.isEmpty() ? "" : libraries.size() + " dependencies in lib/, ")
                        + Sizes.text(size()) + " unpacked in all";
            }
            this.hash = PackageHash.of(entries.values());
            this.description = "/var/task holds " + projects;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Opens the sources of the package and validates them.
     *
     * @param runtime identifier of a Lambda runtime, not null
     * @param code the project's own package; null for the shell alone
     * @throws ShellException with all problems, if Lambda would not accept the package
     */
    public static FunctionPackage of(String runtime, ProjectCode code) {
        return new FunctionPackage(RuntimeFamily.of(runtime), code);
    }

    private void add(List<PackageEntry> added) {
        added.forEach(entry -> entries.put(entry.name(), entry));
    }

    /** Returns the size of its content, unpacked, in bytes. */
    public long size() {
        return entries.values().stream().mapToLong(PackageEntry::size).sum();
    }

    private void requireFits(ProjectCode code) {
        if (size() > LARGEST_BYTES) {
            throw new ShellException(
                    "The package of " + code.archive() + " is " + Sizes.text(size()) + " unpacked, but Lambda takes "
                            + Sizes.text(LARGEST_BYTES) + ", layers included; its largest entries are"
                            + entries.values().stream()
                                    .sorted(Comparator.comparingLong(PackageEntry::size)
                                            .reversed())
                                    .limit(LARGEST_NAMED)
                                    .map(entry -> "\n  " + Sizes.text(entry.size()) + "  " + entry.name())
                                    .collect(Collectors.joining())
                            + "\n",
                    "Nothing was deployed; remove what the function does not need, or deploy the shell alone with"
                            + " -Dlshell.codePath=none");
        }
    }

    /** Returns the function's handler. */
    public String handler() {
        return switch (family) {
            case JAVA -> ShellHandler.class.getName();
            case NODEJS -> project == null ? "index.handler" : Layout.SHELL + "index.handler";
            // Lambda requires a handler, but OS-only runtimes and the wrapper script ignore it.
            case PROVIDED, MANAGED -> "lshell";
        };
    }

    /**
     * Returns the wrapper script that Lambda starts instead of its own runtime client; empty if the family needs none.
     */
    public String execWrapper() {
        return ExecWrapper.of(family);
    }

    /**
     * Returns the object key of the package in a bucket. It is derived from the content, so equal contents have equal
     * keys.
     */
    public String key() {
        return "code/" + HexFormat.of().formatHex(hash, 0, KEY_BYTES) + ".zip";
    }

    /** Returns the SHA-256 of its content in base64. */
    public String sha256() {
        return Base64.getEncoder().encodeToString(hash);
    }

    /** Returns a file with its size and the reason why it is deployed, for a message. */
    public static String describe(ProjectCode code) {
        return code.archive() + " (" + Sizes.text(code.archive().toFile().length()) + ", " + code.origin() + ")";
    }

    /** Returns what Lambda accepts but does not run as its author expects, each as a sentence. */
    public List<String> warnings() {
        return project == null ? List.of() : project.warnings(family);
    }

    /** Returns a description of the content for a message. */
    public String description() {
        return description;
    }

    /**
     * Creates a zip file.
     *
     * @throws ShellException if a source can't be read any more, or the file can't be written
     */
    public void writeTo(Path file) {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeTo(channel);
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    /**
     * Writes the package as a zip file.
     *
     * @param file its channel, which stays open
     * @throws ShellException if a source can't be read any more, or the file can't be written
     */
    public void writeTo(FileChannel file) {
        try {
            // Not closed, because that would close the channel.
            ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file);
            for (PackageEntry entry : entries.values()) {
                entry.writeTo(zip);
            }
            zip.finish();
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    private static ShellException unwritten(IOException e) {
        return new ShellException(
                "The function's package can't be written to a temporary file: " + e.getMessage(),
                "Free some space there, and let no other build change the project's artifacts meanwhile",
                e);
    }

    @Override
    public void close() {
        if (project != null) {
            project.close();
        }
    }
}
