package io.github.lambdashell.check.binding;

import static io.github.lambdashell.check.binding.Value.duration;
import static io.github.lambdashell.check.binding.Value.matching;
import static io.github.lambdashell.check.binding.Value.parsed;
import static io.github.lambdashell.check.binding.Value.quantity;
import static io.github.lambdashell.check.binding.Word.many;
import static io.github.lambdashell.check.binding.Word.one;
import static io.github.lambdashell.check.binding.Word.required;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.binding.Block.Limits;
import io.github.lambdashell.check.binding.Word.Term;
import io.github.lambdashell.check.expect.Comparison;
import io.github.lambdashell.check.expect.Condition;
import io.github.lambdashell.check.expect.Unit;
import io.github.lambdashell.check.ready.Jvm;
import io.github.lambdashell.check.ready.Reachable;
import io.github.lambdashell.check.ready.ReadyMade;
import io.github.lambdashell.check.ready.Tls;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;

/** The elements of the ready-made checks {@code jvm} and {@code tls}. */
final class JvmWords {
    private JvmWords() {}

    private static final List<Term<?, Jvm.Item>> JVM_TERMS = List.of(
            Term.of(many(
                    "property",
                    Comparisons.compared(
                            "property",
                            "A system property, compared.",
                            required("name", name("the name of a property such as file.encoding"), "Its name."),
                            (name, comparison) -> Jvm.Item.property(name.orElseThrow(), comparison)),
                    "A system property.")),
            Term.of(many(
                    "option",
                    Comparisons.compared(
                            "option",
                            "An option of the JVM, compared.",
                            required(
                                    "name",
                                    matching(
                                            "^[A-Za-z]\\w*$",
                                            "the name of an option as after -XX:+, such as UseSerialGC"),
                                    "Its name as after -XX:+, such as UseSerialGC."),
                            (name, comparison) -> Jvm.Item.option(name.orElseThrow(), comparison)),
                    "The value of an -XX option that is in effect.")),
            Term.each(
                    one(
                            "maxHeap",
                            Comparisons.quantitiesOr(quantity(Unit.MEGABYTES), Unit.MEGABYTES),
                            "The maximum size of the heap, in MB."),
                    Jvm.Item::maxHeap),
            Term.each(
                    one(
                            "gc",
                            Comparisons.textsOr(choice("Serial", "Parallel", "G1", "ZGC", "Shenandoah", "Epsilon")),
                            "The garbage collector."),
                    comparison -> Jvm.Item.text("gc", comparison)),
            Term.each(
                    one("timeZone", Comparisons.textsOr(timeZone()), "The default time zone, such as UTC."),
                    comparison -> Jvm.Item.text("timeZone", comparison)),
            Term.each(
                    one(
                            "locale",
                            Comparisons.textsOr(locale()),
                            "The default locale as a language tag, such as en-US."),
                    comparison -> Jvm.Item.text("locale", comparison)),
            Term.each(
                    one("charset", Comparisons.textsOr(charset()), "The default charset, such as UTF-8."),
                    comparison -> Jvm.Item.text("charset", comparison)),
            Term.each(
                    one("fonts", flag(), "true: AWT can lay out text without a display."),
                    on -> Jvm.Item.judged("fonts")),
            Term.each(
                    many(
                            "agents",
                            matching("^\\S+$", "the name of an agent such as opentelemetry-javaagent, or none"),
                            "The name of a loaded agent, such as opentelemetry-javaagent, in which * matches any text;"
                                    + " none where no agent is expected."),
                    name -> Jvm.Item.judged(name.equals("none") ? "agents none" : "agent " + name)),
            Term.each(
                    one("cds", flag(), "true: the JVM uses its archives of classes, the default or its own."),
                    on -> Jvm.Item.judged("cds")));

    /** The facts of the function's JVM. */
    static Value<ReadyMade> jvm() {
        Block block = new Block("jvm", "Facts of the function's JVM.", Term.words(JVM_TERMS), Limits.NOT_EMPTY);
        return Value.block(block, reader -> {
            List<Jvm.Item> items =
                    JVM_TERMS.stream().flatMap(term -> term.read(reader)).toList();
            if (items.contains(Jvm.Item.judged("agents none"))
                    && items.stream().anyMatch(item -> item.request().startsWith("agent "))) {
                reader.scope().problem(reader.node(), "agents must be none or names, but is both");
            }
            return Optional.of(new Jvm(items));
        });
    }

    private static Value<String> name(String rule) {
        return matching("^\\S+$", rule);
    }

    private static Value<Boolean> flag() {
        return parsed("{'const': true}", text -> {
            if (!text.equals("true")) {
                throw new IllegalArgumentException("must be true, but is " + Text.apostrophes(text));
            }
            return true;
        });
    }

    private static Value<String> choice(String... names) {
        String schema = "{'enum': ['" + String.join("', '", names) + "']}";
        return parsed(schema, text -> {
            if (!List.of(names).contains(text)) {
                throw new IllegalArgumentException(
                        "must be one of " + String.join(", ", names) + ", but is " + Text.apostrophes(text));
            }
            return text;
        });
    }

    private static Value<String> timeZone() {
        return parsed("{'type': 'string', 'minLength': 1}", text -> {
            boolean known =
                    Arrays.asList(TimeZone.getAvailableIDs()).contains(text) || text.matches("GMT[+-]\\d\\d:\\d\\d");
            if (!known) {
                throw new IllegalArgumentException(
                        "must be a time zone such as UTC or Europe/Berlin, but is " + Text.apostrophes(text));
            }
            return text;
        });
    }

    private static Value<String> locale() {
        return parsed("{'type': 'string', 'pattern': '^[A-Za-z]{2,8}([_-][A-Za-z0-9]+)*$'}", text -> {
            if (!text.matches("[A-Za-z]{2,8}([_-][A-Za-z0-9]+)*")) {
                throw new IllegalArgumentException(
                        "must be a language tag such as en or en-US, but is " + Text.apostrophes(text));
            }
            return Locale.forLanguageTag(text.replace('_', '-')).toLanguageTag();
        });
    }

    private static Value<String> charset() {
        return parsed("{'type': 'string', 'pattern': '^[A-Za-z0-9][A-Za-z0-9.:_+-]*$'}", text -> {
            try {
                return Charset.forName(text).name();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "must be a charset such as UTF-8, but is " + Text.apostrophes(text), e);
            }
        });
    }

    // TLS

    private static final Word<Comparison> EXPIRES_IN = one(
            "expiresIn",
            Comparisons.metric(Unit.DAYS),
            "The time until the first certificate of the chain ends, such as {ge: 14d}.");

    private static final List<Word<String>> PROTOCOL_WORDS = List.of(
            one("equals", choice(Tls.PROTOCOLS), "Exactly this."),
            one("ge", choice(Tls.PROTOCOLS), "This or a newer one."),
            one("le", choice(Tls.PROTOCOLS), "This or an older one."));

    private static final Word<Comparison> PROTOCOL = one("protocol", protocol(), "The protocol, such as TLSv1.3.");

    private static Value<Comparison> protocol() {
        Block block = new Block("protocols", "Bounds of a protocol.", List.copyOf(PROTOCOL_WORDS), Limits.NOT_EMPTY);
        return Value.block(block, reader -> {
                    List<Condition> conditions = PROTOCOL_WORDS.stream()
                            .flatMap(word -> reader.one(word).map(name -> Tls.protocol(word.name(), name)).stream())
                            .toList();
                    boolean possible = conditions.isEmpty()
                            || Arrays.stream(Tls.PROTOCOLS).anyMatch(one -> conditions.stream()
                                    .allMatch(condition -> condition.holds().test(one)));
                    if (!possible) {
                        reader.scope()
                                .problem(reader.node(), "no protocol can be " + new Comparison(conditions).expected());
                    }
                    return conditions.isEmpty() ? Optional.empty() : Optional.of(new Comparison(conditions));
                })
                .orText(choice(Tls.PROTOCOLS).map(name -> new Comparison(List.of(Tls.protocol("equals", name)))));
    }

    private static final Word<String> IP =
            one("ip", choice("v4", "v6"), "The version of the address that the JVM connects to.");

    /** A TLS connection, whose address is read as that of {@code reachable}. */
    static Value<Tls.Server> tls(Value<Reachable.Address> hostAndPort) {
        Word<Reachable.Address> address =
                required("address", hostAndPort, "A host and a port, such as db.example.com:5432.");
        Word<Duration> within = one(
                "within",
                duration(Vocabulary.LIMIT),
                "The maximum time for the connection and the handshake; defaults to 5s.");
        Block block =
                new Block("tls", "A TLS connection.", List.of(address, PROTOCOL, EXPIRES_IN, IP, within), Limits.NONE);
        return Value.block(block, reader -> {
                    Optional<Comparison> protocol = reader.one(PROTOCOL);
                    Optional<Comparison> expiresIn = reader.one(EXPIRES_IN);
                    Optional<String> ip = reader.one(IP);
                    Optional<Duration> limit = reader.one(within);
                    return reader.one(address)
                            .map(to -> new Tls.Server(limit.map(to::within).orElse(to), protocol, expiresIn, ip));
                })
                .orText(hostAndPort.map(Tls.Server::of));
    }
}
