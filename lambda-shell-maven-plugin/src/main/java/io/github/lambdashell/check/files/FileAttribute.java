package io.github.lambdashell.check.files;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.expect.Comparison;
import io.github.lambdashell.check.expect.Condition;
import io.github.lambdashell.check.expect.Unit;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * An expected attribute of a file.
 *
 * @param word its name in the vocabulary, not null
 * @param fact its name in the probe's output, not null
 * @param comparison its expected value, not null
 */
public record FileAttribute(String word, String fact, Comparison comparison) {
    private static final int MODE_BITS = 07777;

    private static FileAttribute is(String word, String fact, String expected) {
        return new FileAttribute(word, fact, new Comparison(List.of(new Condition(expected, expected::equals))));
    }

    /**
     * Expects the type of the path itself.
     *
     * @throws IllegalArgumentException whose message follows the element's name
     */
    public static FileAttribute type(String word) {
        return is("type", "type", FileType.of(word).toString());
    }

    /**
     * Expects permission bits.
     *
     * @param octal three or four octal digits
     * @throws IllegalArgumentException whose message follows the element's name
     */
    public static FileAttribute mode(String octal) {
        if (!octal.matches("[0-7]{3,4}")) {
            throw new IllegalArgumentException(
                    "must be three or four octal digits such as 644, but is " + Text.apostrophes(octal));
        }
        return is("mode", "mode", Integer.toOctalString(Integer.parseInt(octal, 8) & MODE_BITS));
    }

    /** Expects an owner, by name or number. */
    public static FileAttribute owner(String owner) {
        return is("owner", isNumber(owner) ? "uid" : "owner", owner);
    }

    /** Expects a group, by name or number. */
    public static FileAttribute group(String group) {
        return is("group", isNumber(group) ? "gid" : "group", group);
    }

    /** Expects a size in bytes. */
    public static FileAttribute size(Comparison comparison) {
        return new FileAttribute("size", "size", comparison);
    }

    /**
     * Expects the SHA-256 of the content.
     *
     * @param hex 64 digits
     * @throws IllegalArgumentException whose message follows the element's name
     */
    public static FileAttribute sha256(String hex) {
        if (!hex.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException("must be 64 hexadecimal digits, but is " + Text.apostrophes(hex));
        }
        return is("sha256", "sha256", hex.toLowerCase(Locale.ROOT));
    }

    /** Formats a value for a person. */
    String shown(String value) {
        return word.equals("size") ? Unit.BYTES.format(new BigDecimal(value)) : value;
    }

    private static boolean isNumber(String text) {
        return text.matches("\\d+");
    }
}
