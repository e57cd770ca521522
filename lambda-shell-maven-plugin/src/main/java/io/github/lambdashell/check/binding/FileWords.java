package io.github.lambdashell.check.binding;

import static io.github.lambdashell.check.binding.Value.FLAG;
import static io.github.lambdashell.check.binding.Value.TEXT;
import static io.github.lambdashell.check.binding.Value.parsed;
import static io.github.lambdashell.check.binding.Value.quantity;
import static io.github.lambdashell.check.binding.Word.many;
import static io.github.lambdashell.check.binding.Word.one;
import static io.github.lambdashell.check.binding.Word.required;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Glob;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.binding.Block.Limits;
import io.github.lambdashell.check.binding.Word.Term;
import io.github.lambdashell.check.expect.Comparison;
import io.github.lambdashell.check.expect.Unit;
import io.github.lambdashell.check.files.FileAttribute;
import io.github.lambdashell.check.files.FileExpectation;
import io.github.lambdashell.check.files.FileExpectation.FileMatches;
import io.github.lambdashell.check.files.FileType;
import java.util.ArrayList;
import java.util.List;

/** The elements of expectations of files. */
final class FileWords {
    private static final Word<String> PATH = required(
            "path", TEXT, "Absolute, or relative to the command's workingDirectory; *, ? and ** are wildcards.");
    private static final Word<Boolean> EXISTS =
            one("exists", FLAG, "true where it is expected to exist; defaults to true.");
    private static final Word<String> FILE_CONTAINS = many("contains", TEXT, "A text that is found in its content.");

    private static final Word<Comparison> COUNT = one(
            "count", Comparisons.quantitiesOr(quantity(Unit.NUMBER), Unit.NUMBER), "The number of files that match.");
    private static final Word<Comparison> TOTAL_SIZE = one(
            "totalSize",
            Comparisons.quantitiesOr(quantity(Unit.BYTES), Unit.BYTES),
            "The size of all regular files that match, in bytes, or with KB, MB or GB of 1024 each.");

    private static final List<Term<?, FileAttribute>> FILE_ATTRIBUTES = List.of(
            Term.of(one(
                    "type",
                    parsed("{'enum': ['" + String.join("', '", FileType.names()) + "']}", FileAttribute::type),
                    "The type of the path itself, also of a link.")),
            Term.of(one(
                    "mode",
                    parsed("{'type': ['string', 'integer'], 'pattern': '^[0-7]{3,4}$'}", FileAttribute::mode),
                    "Its permissions in octal, such as \"0644\".")),
            Term.each(one("owner", TEXT, "A user's name or number."), FileAttribute::owner),
            Term.each(one("group", TEXT, "A group's name or number."), FileAttribute::group),
            Term.each(
                    one(
                            "size",
                            Comparisons.quantitiesOr(quantity(Unit.BYTES), Unit.BYTES),
                            "In bytes, or with KB, MB or GB of 1024 each."),
                    FileAttribute::size),
            Term.of(one(
                    "sha256",
                    parsed("{'type': 'string', 'pattern': '^[0-9a-fA-F]{64}$'}", FileAttribute::sha256),
                    "The SHA-256 of its content, as sha256sum prints it.")));

    static Value<Expectation> file() {
        List<Word<?>> words = new ArrayList<>(List.of(PATH, EXISTS));
        words.addAll(Term.words(FILE_ATTRIBUTES));
        words.addAll(List.of(FILE_CONTAINS, COUNT, TOTAL_SIZE));
        return Value.block(new Block("file", "Expectations of a file.", words, Limits.NOT_EMPTY), reader -> {
            List<FileAttribute> attributes =
                    FILE_ATTRIBUTES.stream().flatMap(term -> term.read(reader)).toList();
            List<String> contains = reader.all(FILE_CONTAINS);
            boolean exists = reader.one(EXISTS).orElse(true);
            boolean hasMore =
                    !attributes.isEmpty() || !contains.isEmpty() || reader.has(COUNT) || reader.has(TOTAL_SIZE);
            if (!exists && hasMore) {
                reader.scope().problem(reader.node(), "exists: false excludes all other expectations of the file");
            }
            reader.one(PATH).filter(path -> !Glob.isPattern(path)).ifPresent(path -> {
                for (Word<?> word : List.of(COUNT, TOTAL_SIZE)) {
                    if (reader.has(word)) {
                        reader.scope()
                                .problem(
                                        reader.node(),
                                        word.name() + " requires a pattern such as /tmp/** as the path, but path is "
                                                + Text.apostrophes(path));
                    }
                }
            });
            FileMatches matches = new FileMatches(exists, reader.one(COUNT), reader.one(TOTAL_SIZE));
            return reader.one(PATH).map(path -> new FileExpectation(path, matches, attributes, contains));
        });
    }

    private FileWords() {}
}
