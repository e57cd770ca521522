package io.github.lambdashell.check.binding;

import static io.github.lambdashell.check.binding.Value.count;
import static io.github.lambdashell.check.binding.Value.duration;
import static io.github.lambdashell.check.binding.Value.matching;
import static io.github.lambdashell.check.binding.Value.parsed;
import static io.github.lambdashell.check.binding.Word.list;
import static io.github.lambdashell.check.binding.Word.many;
import static io.github.lambdashell.check.binding.Word.one;
import static io.github.lambdashell.check.binding.Word.required;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.binding.Block.Limits;
import io.github.lambdashell.check.binding.Word.Term;
import io.github.lambdashell.check.environment.IgnoredFacts;
import io.github.lambdashell.check.environment.LockFile;
import io.github.lambdashell.check.ready.Accessible;
import io.github.lambdashell.check.ready.BuildFiles;
import io.github.lambdashell.check.ready.ClassLoads;
import io.github.lambdashell.check.ready.ClassPath;
import io.github.lambdashell.check.ready.Environment;
import io.github.lambdashell.check.ready.Identity;
import io.github.lambdashell.check.ready.LoadsLibrary;
import io.github.lambdashell.check.ready.NativeLibraries;
import io.github.lambdashell.check.ready.Reachable;
import io.github.lambdashell.check.ready.ReadyMade;
import io.github.lambdashell.check.ready.Tls;
import io.github.lambdashell.check.ready.Writable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The elements of the ready-made checks. */
final class ReadyMadeWords {
    private static final String LOCK_FILE = "src/lshell/environment.lock";

    private static final Set<String> CREDENTIALS =
            Set.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN");

    /** The ready-made checks, which take the place of {@code run}. */
    static final List<Term<?, ReadyMade>> TERMS = List.of(
            Term.of(one(
                    "nativeLibraries",
                    nativeLibraries().orEmpty(),
                    "Instead of run: every ELF file of the package and its layers, also in jars, finds what it"
                            + " needs.")),
            Term.all(
                    many(
                            "classLoads",
                            classLoads(),
                            "Instead of run: these handlers load as in Lambda's Java runtimes; a method may follow ::."),
                    ClassLoads::new),
            Term.of(one(
                    "classPath",
                    classPath().orEmpty(),
                    "Instead of run: the class path of the package and its layers has no known fault.")),
            Term.all(
                    many(
                            "loadsLibrary",
                            loadsLibrary(),
                            "Instead of run: these native libraries, by name or path, load in the function's JVM."),
                    LoadsLibrary::new),
            Term.all(
                    list(
                            "writable",
                            "path",
                            matching("^/", "an absolute path in the sandbox such as /tmp"),
                            "Instead of run: these files and directories are writable."),
                    Writable::new),
            Term.all(
                    list(
                            "readable",
                            "path",
                            matching("^/", "an absolute path or pattern in the sandbox such as /var/task/**"),
                            "Instead of run: the function's user can read these files and directories; *, ? and **"
                                    + " are wildcards."),
                    Accessible::readable),
            Term.all(
                    list(
                            "executable",
                            "path",
                            matching("^/", "an absolute path or pattern in the sandbox such as /opt/bin/*"),
                            "Instead of run: the function's user can execute these files; *, ? and ** are wildcards."),
                    Accessible::executable),
            Term.all(
                    many("reachable", reachable(), "Instead of run: TCP connections to host:port open."),
                    Reachable::new),
            Term.of(one("jvm", JvmWords.jvm(), "Instead of run: facts of the function's own JVM.")),
            Term.all(
                    many(
                            "tls",
                            JvmWords.tls(hostAndPort()),
                            "Instead of run: TLS connections to host:port open, by the function's own JVM and its trust"
                                    + " store."),
                    Tls::new),
            Term.of(one(
                    "identity",
                    parsed("{'type': 'string', 'pattern': '^[A-Za-z0-9_+=,.@/:*-]+$'}", Identity::parse),
                    "Instead of run: calls to AWS run under this role, a name or an ARN; * matches any text."
                            + " Skipped with target=local.")),
            Term.of(one(
                    "environment",
                    environment().orEmpty(),
                    "Instead of run: the function's environment is as its lock file has it, which the first run"
                            + " writes.")));

    private static Value<ReadyMade> nativeLibraries() {
        Word<String> ignore = many(
                "ignore",
                matching(NativeLibraries.PATTERN, "a library name such as libcuda.so.1 or libcu*"),
                "Names, in which * and ? match any text and any character.");
        Block block =
                new Block("nativeLibraries", "Native libraries that may be missing.", List.of(ignore), Limits.NONE);
        return Value.block(block, reader -> Optional.of(new NativeLibraries(reader.all(ignore))));
    }

    private static Value<ClassLoads.Subject> classLoads() {
        Value<String> handlerName = EventWords.HANDLER_NAME;
        Word<String> handler = one("handler", handlerName, "A handler, as the function's configuration has it.");
        Word<String> other = one(
                "class",
                matching(ClassLoads.CLASS, "a full class name such as com.example.Order"),
                "A class that is not a handler.");
        Word<Integer> depth = one(
                "depth",
                count(1, 1000),
                "The maximum number of steps to a class that is loaded as well. Defaults to all that the project's classes"
                        + " name, and what these name.");
        Word<String> ignore = many(
                "ignore",
                matching(ClassLoads.IGNORED, "a class name such as com.example.Order or com.example.*"),
                "Names of classes that may be missing, in which * matches any text.");
        Limits limits = new Limits(1, List.of("handler", "class"), List.of(), "{}");
        Block block = new Block("classLoads", "A handler or a class.", List.of(handler, other, depth, ignore), limits);
        return Value.block(block, reader -> {
                    boolean isHandler = reader.has(handler);
                    int steps = reader.one(depth).orElse(0);
                    List<String> ignored = reader.all(ignore);
                    return reader.one(isHandler ? handler : other)
                            .map(name -> new ClassLoads.Subject(name, isHandler, steps, ignored));
                })
                .orText(handlerName.map(ClassLoads.Subject::handler));
    }

    private static Value<ReadyMade> classPath() {
        Word<String> ignore = many(
                "ignore",
                matching(ClassPath.IGNORED, ClassPath.IGNORED_RULE),
                "Names whose faults are accepted: classes, artifacts as group:artifact, paths; * matches any text.");
        Block block = new Block("classPath", "Faults that are accepted.", List.of(ignore), Limits.NONE);
        return Value.block(block, reader -> Optional.of(new ClassPath(reader.all(ignore), BuildFiles.NONE)));
    }

    private static Value<LoadsLibrary.Subject> loadsLibrary() {
        Value<String> nameOrPath = matching(
                LoadsLibrary.LIBRARY, "a library's name without lib and .so, such as tesseract, or its absolute path");
        Word<String> library = one("library", nameOrPath, "A name without lib and .so, or an absolute path.");
        Word<LoadsLibrary.By> by = one(
                "by",
                parsed("{'enum': ['jvm', 'jna']}", text -> switch (text) {
                    case "jvm" -> LoadsLibrary.By.JVM;
                    case "jna" -> LoadsLibrary.By.JNA;
                    default ->
                        throw new IllegalArgumentException("must be 'jvm' or 'jna', but is " + Text.apostrophes(text));
                }),
                "The loader; defaults to the JVM, and to JNA where that fails and the class path has it.");
        Word<String> other = one(
                "class",
                matching(ClassLoads.CLASS, "a full class name such as com.example.Order"),
                "A class that loads a native library.");
        Word<String> method = one(
                "method",
                matching(LoadsLibrary.METHOD, "the name of a static method without parameters"),
                "The static method, without parameters, that loads it; defaults to the static initializer.");
        Limits limits = new Limits(
                1,
                List.of("library", "class"),
                List.of(),
                "{'dependentRequired': {'by': ['library'], 'method': ['class']}}");
        Block block = new Block(
                "loadsLibrary",
                "A native library, or a class that loads one.",
                List.of(library, by, other, method),
                limits);
        return Value.block(block, reader -> {
                    boolean isClass = reader.has(other);
                    Word<?> excluded = isClass ? by : method;
                    if (reader.has(excluded)) {
                        String required = isClass ? library.name() : other.name();
                        reader.scope().problem(reader.node(), excluded.name() + " requires " + required);
                    }
                    String option = isClass
                            ? reader.one(method).orElse("")
                            : reader.one(by).map(Enum::name).orElse("");
                    return reader.one(isClass ? other : library)
                            .map(name -> new LoadsLibrary.Subject(isClass, name, option));
                })
                .orText(nameOrPath.map(LoadsLibrary.Subject::library));
    }

    private static Value<Reachable.Address> hostAndPort() {
        return parsed("""
                {'description': 'A host and a port, such as db.example.com:5432 or [::1]:80.', 'type': 'string',
                 'pattern': '^([A-Za-z0-9_.-]+|\\\\[[0-9a-fA-F:.%]+\\\\]):\\\\d{1,5}$'}""", Reachable.Address::parse).named("address");
    }

    private static Value<Reachable.Address> reachable() {
        Value<Reachable.Address> hostAndPort = hostAndPort();
        Word<Reachable.Address> address =
                required("address", hostAndPort, "A host and a port, such as db.example.com:5432.");
        Word<Duration> within =
                one("within", duration(Vocabulary.LIMIT), "The maximum time to open the connection; defaults to 5s.");
        Block block = new Block("reachable", "A connection.", List.of(address, within), Limits.NONE);
        return Value.block(block, reader -> reader.one(address)
                        .map(to -> reader.one(within).map(to::within).orElse(to)))
                .orText(hostAndPort);
    }

    private static Value<ReadyMade> environment() {
        Word<Path> lockFile = one(
                "lockFile",
                parsed("{'type': 'string', 'minLength': 1}", (name, scope) -> scope.source()
                        .resolve(name)),
                "The lock file, relative to this file; defaults to " + LOCK_FILE + " in the project.");
        Word<String> variables = list(
                "variables",
                "variable",
                parsed("{'type': 'string', 'pattern': '^[A-Za-z_][A-Za-z0-9_]*$'}", ReadyMadeWords::lockedVariable),
                "Environment variables whose values are compared, not only their names.");
        Word<IgnoredFacts> ignore = many(
                "ignore",
                parsed("{'type': 'string', 'pattern': '" + IgnoredFacts.FORM + "'}", IgnoredFacts::parse),
                "Groups, or names of a group such as packages:tzdata*, that may change.");
        Word<Boolean> onDrift = one(
                "onDrift",
                parsed("{'enum': ['fail', 'warn']}", text -> switch (text) {
                    case "fail" -> false;
                    case "warn" -> true;
                    default ->
                        throw new IllegalArgumentException("must be fail or warn, but is " + Text.apostrophes(text));
                }),
                "Whether a change fails the check or is a warning; defaults to fail.");
        Block block = new Block(
                "environment",
                "A lock file and its comparison.",
                List.of(lockFile, variables, ignore, onDrift),
                Limits.NONE);
        return Value.block(block, reader -> {
            Scope.Source source = reader.scope().source();
            LockFile file = new LockFile(
                    reader.one(lockFile).orElseGet(() -> source.base().resolve(LOCK_FILE)), source.matrix());
            List<String> problems = source.overwrite() ? List.of() : file.problems();
            problems.forEach(problem -> reader.scope().problem(reader.node(), "lockFile " + problem));
            if (source.overwrite() || !Files.exists(file.path())) {
                file.writeProblem().ifPresent(problem -> reader.scope().problem(reader.node(), "lockFile " + problem));
            }
            return Optional.of(new Environment(
                    file,
                    reader.all(variables),
                    reader.all(ignore),
                    reader.one(onDrift).orElse(false),
                    source.overwrite()));
        });
    }

    private static String lockedVariable(String name) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException("must be the name of a variable, but is " + Text.apostrophes(name));
        }
        if (CREDENTIALS.contains(name)) {
            throw new IllegalArgumentException("must not be " + name + ", whose value is secret and changes");
        }
        return name;
    }

    private ReadyMadeWords() {}
}
