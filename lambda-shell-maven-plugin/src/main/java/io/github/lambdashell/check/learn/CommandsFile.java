package io.github.lambdashell.check.learn;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.check.binding.CheckConfiguration;
import io.github.lambdashell.check.binding.Settings;
import io.github.lambdashell.config.AtomicFile;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.RelativePath;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.tree.ConfigFile;
import io.github.lambdashell.config.tree.ConfigNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The project's commandsFile, to which checks are appended.
 *
 * @param path the file, which need not exist; not null
 * @param configured whether the build runs its checks
 * @param pom the checks of the POM, whose names are taken too; not null
 * @param baseDirectory the project's directory, not null
 * @param secretVariables names of variables whose values must not be written, not null
 */
public record CommandsFile(
        Path path, boolean configured, Optional<ConfigNode> pom, Path baseDirectory, List<String> secretVariables) {
    /** The path of a project that configures none. */
    public static final String DEFAULT = "src/lshell/commands.yaml";

    public CommandsFile {
        Objects.requireNonNull(path);
        Objects.requireNonNull(pom);
        Objects.requireNonNull(baseDirectory);
        secretVariables = List.copyOf(secretVariables);
    }

    /** Returns the names of the checks that exist. */
    public Set<String> names() {
        return existing().map(Check::name).collect(Collectors.toSet());
    }

    /** Returns the commands of the checks that exist. */
    public Set<String> commands() {
        return existing().map(check -> check.command().text()).collect(Collectors.toSet());
    }

    private Stream<Check> existing() {
        String text;
        try {
            text = Files.exists(path) ? text() : "";
        } catch (ShellException e) {
            // Appending to it reports this.
            text = "";
        }
        return read(text, false, new Problems()).stream();
    }

    /**
     * Appends a check.
     *
     * @return lines about it for the user
     * @throws ShellException if the file can't be changed, or the check would not be valid, or not pass with the output that
     *     it was learned from; nothing is changed then
     */
    public List<String> append(LearnedCheck check) {
        boolean isNew = !Files.exists(path, LinkOption.NOFOLLOW_LINKS);
        String shown = RelativePath.of(path);
        if (shown.toLowerCase(Locale.ROOT).endsWith(".json")) {
            throw refused(shown + " is JSON, to which no check is appended");
        }
        String before = isNew ? "" : text();
        String after = appended(shown, before, check);
        List<Path> written = new ArrayList<>();
        try {
            Path real = isNew ? path : path.toRealPath();
            if (!isNew && !Files.isWritable(real)) {
                throw refused("Can't write " + path + ", which is read-only");
            }
            for (var golden : check.files().entrySet()) {
                Path file = beside(golden.getKey());
                if (Files.exists(file)) {
                    throw new ShellException(
                            RelativePath.of(file) + " exists", "Use another name for the check, or remove the file");
                }
                written.add(file);
                AtomicFile.write(file, golden.getValue());
            }
            require(check, before, after);
            write(real, after);
            written.clear();
        } catch (IOException e) {
            throw new ShellException(
                    "Can't write " + path + ": " + e,
                    "Add the check shown above to a commandsFile that you can write",
                    e);
        } finally {
            written.forEach(CommandsFile::delete);
        }
        return report(check, isNew, shown);
    }

    private Path beside(String file) {
        return path.toAbsolutePath().resolveSibling(file);
    }

    private static void write(Path file, String text) throws IOException {
        PosixFileAttributeView mode =
                Files.exists(file) ? Files.getFileAttributeView(file, PosixFileAttributeView.class) : null;
        var permissions = mode == null ? null : mode.readAttributes().permissions();
        AtomicFile.write(file, text);
        if (permissions != null) {
            Files.setPosixFilePermissions(file, permissions);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new ShellException("Can't delete " + file + ": " + e, "Delete it", e);
        }
    }

    private String text() {
        try {
            return Files.readString(path);
        } catch (CharacterCodingException e) {
            throw new ShellException(path + " is not UTF-8", "Save the file as UTF-8", e);
        } catch (IOException e) {
            throw new ShellException("Can't read " + path + ": " + e, "Specify another file (lshell.commandsFile)", e);
        }
    }

    private static String appended(String shown, String text, LearnedCheck check) {
        try {
            return CommandsText.append(shown, text, check.yaml());
        } catch (CommandsText.RefusedException e) {
            throw refused(shown + " " + e.getMessage());
        } catch (ConfigFile.MalformedException e) {
            throw refused(e.getMessage());
        }
    }

    private static ShellException refused(String problem) {
        return new ShellException(problem, "The file is unchanged; add the check shown above by hand");
    }

    /** Requires that the check is valid and passes with the output that it was learned from. */
    private void require(LearnedCheck learned, String before, String after) throws IOException {
        Problems earlier = new Problems();
        read(before, false, earlier);
        Problems problems = new Problems();
        List<Check> checks = read(after, false, problems);
        List<String> added = new ArrayList<>(problems.all());
        added.removeAll(earlier.all());
        if (!added.isEmpty()) {
            throw new ShellException(String.join("\n", added), "Nothing was written; learn the check in another form");
        }
        if (!learned.files().isEmpty()) {
            // Redactions of the commandsFile apply to the golden file too.
            List<Check> overwriting = read(after, true, new Problems());
            violations(overwriting.get(overwriting.size() - 1), learned.runs().get(0));
            for (String name : learned.files().keySet()) {
                Path golden = beside(name);
                String text = Arrays.stream(Files.readString(golden).split("\n", -1))
                        .map(learned.changing()::withWildcards)
                        .collect(Collectors.joining("\n"));
                AtomicFile.write(golden, text);
            }
        }
        Check check = checks.get(checks.size() - 1);
        for (RanCommand run : learned.runs()) {
            List<Violation> violations = violations(check, run);
            if (!violations.isEmpty()) {
                throw new ShellException(
                        violations.stream().map(Violation::text).collect(Collectors.joining("\n")),
                        "The check would not pass, so nothing was written");
            }
        }
    }

    private static List<Violation> violations(Check check, RanCommand run) throws IOException {
        List<Violation> violations = new ArrayList<>();
        for (Expectation expectation : check.expectations()) {
            violations.addAll(expectation.violations(run.observation()));
        }
        return violations;
    }

    private List<Check> read(String text, boolean overwrite, Problems problems) {
        return text.isBlank()
                ? CheckConfiguration.read(
                        pom, Optional.empty(), Path.of(""), new Settings(baseDirectory, overwrite), problems)
                : CheckConfiguration.read(pom, path, text, new Settings(baseDirectory, overwrite), problems);
    }

    private List<String> report(LearnedCheck check, boolean isNew, String shown) {
        List<String> lines = new ArrayList<>();
        lines.add((isNew ? "wrote " : "appended to ") + shown + ": check " + Text.apostrophes(check.name()));
        check.files().keySet().forEach(file -> lines.add("wrote " + RelativePath.of(beside(file))));
        return lines;
    }

    /** Returns how the build is made to run the checks of the file; empty if it does. */
    public Optional<String> advice() {
        if (configured) {
            return Optional.empty();
        }
        Path base = baseDirectory.toAbsolutePath().normalize();
        Path file = path.toAbsolutePath().normalize();
        return Optional.of("mvn verify does not run it yet; add this line to the plugin's <configuration> in the POM:"
                + " <commandsFile>" + (file.startsWith(base) ? base.relativize(file) : file) + "</commandsFile>");
    }
}
