package io.github.lambdashell.check.binding;

import static io.github.lambdashell.check.binding.Value.count;
import static io.github.lambdashell.check.binding.Value.duration;
import static io.github.lambdashell.check.binding.Value.matching;
import static io.github.lambdashell.check.binding.Value.parsed;
import static io.github.lambdashell.check.binding.Word.list;
import static io.github.lambdashell.check.binding.Word.many;
import static io.github.lambdashell.check.binding.Word.one;
import static io.github.lambdashell.check.binding.Word.required;

import io.github.lambdashell.check.binding.Block.Limits;
import io.github.lambdashell.check.binding.Word.Term;
import io.github.lambdashell.check.ready.ClassLoads;
import io.github.lambdashell.check.ready.Identity;
import io.github.lambdashell.check.ready.NativeLibraries;
import io.github.lambdashell.check.ready.Reachable;
import io.github.lambdashell.check.ready.ReadyMade;
import io.github.lambdashell.check.ready.Tls;
import io.github.lambdashell.check.ready.Writable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The elements of the ready-made checks. */
final class ReadyMadeWords {
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
            Term.all(
                    list(
                            "writable",
                            "path",
                            matching("^/", "an absolute path in the sandbox such as /tmp"),
                            "Instead of run: these files and directories are writable."),
                    Writable::new),
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
                            + " Skipped with target=local.")));

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

    private ReadyMadeWords() {}
}
