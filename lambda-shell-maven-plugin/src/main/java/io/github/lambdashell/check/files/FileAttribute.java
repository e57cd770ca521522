package io.github.lambdashell.check.files;

import io.github.lambdashell.check.expect.Comparison;
import io.github.lambdashell.check.expect.Condition;
import io.github.lambdashell.check.expect.Unit;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * One thing that a path should be.
 *
 * @param word as users write it, not null
 * @param fact what the probe calls it, not null
 * @param condition what it should be, not null
 */
public record FileAttribute(String word, String fact, Condition condition) {
    /** The most that permission bits can be. */
    private static final int MODE_BITS = 07777;

    private static FileAttribute is(String word, String fact, String expected) {
        return new FileAttribute(word, fact, new Condition(expected, expected::equals));
    }

    /**
     * What kind of thing the path itself is.
     *
     * @throws IllegalArgumentException whose message lists the words
     */
    public static FileAttribute type(String word) {
        return is("type", "type", FileType.of(word).toString());
    }

    /**
     * The permission bits.
     *
     * @param octal three or four octal digits
     * @throws IllegalArgumentException whose message says what would be right
     */
    public static FileAttribute mode(String octal) {
        if (!octal.matches("[0-7]{3,4}")) {
            throw new IllegalArgumentException("write three or four octal digits, like 644");
        }
        return is("mode", "mode", Integer.toOctalString(Integer.parseInt(octal, 8) & MODE_BITS));
    }

    /** The user it belongs to, by name or by number. */
    public static FileAttribute owner(String owner) {
        return is("owner", isNumber(owner) ? "uid" : "owner", owner);
    }

    /** The group it belongs to, by name or by number. */
    public static FileAttribute group(String group) {
        return is("group", isNumber(group) ? "gid" : "group", group);
    }

    /** How many bytes it holds, one attribute for each condition. */
    public static List<FileAttribute> size(Comparison comparison) {
        return comparison.conditions().stream()
                .map(condition -> new FileAttribute("size", "size", condition))
                .toList();
    }

    /**
     * The SHA-256 of its content.
     *
     * @param hex 64 digits
     * @throws IllegalArgumentException whose message says what would be right
     */
    public static FileAttribute sha256(String hex) {
        if (!hex.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException("write 64 hexadecimal digits, as sha256sum prints them");
        }
        return is("sha256", "sha256", hex.toLowerCase(Locale.ROOT));
    }

    /** A value as a message shows it. */
    String shown(String value) {
        return word.equals("size") ? Unit.BYTES.format(new BigDecimal(value)) : value;
    }

    private static boolean isNumber(String text) {
        return text.matches("\\d+");
    }
}
