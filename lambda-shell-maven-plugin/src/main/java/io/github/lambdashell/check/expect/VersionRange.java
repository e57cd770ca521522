package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Text;
import org.eclipse.aether.util.version.GenericVersionScheme;
import org.eclipse.aether.version.InvalidVersionSpecificationException;
import org.eclipse.aether.version.VersionConstraint;
import org.eclipse.aether.version.VersionScheme;

/** Ranges of versions in Maven's syntax and order. */
public final class VersionRange {
    private static final VersionScheme SCHEME = new GenericVersionScheme();

    private VersionRange() {}

    /**
     * Returns the condition that a version is in a range.
     *
     * @throws IllegalArgumentException whose message follows the element's name
     */
    public static Condition in(String range) {
        VersionConstraint constraint;
        try {
            constraint = SCHEME.parseVersionConstraint(range);
        } catch (InvalidVersionSpecificationException e) {
            throw new IllegalArgumentException("is not a version range: " + e.getMessage(), e);
        }
        if (constraint.getRange() == null) {
            throw new IllegalArgumentException(
                    "must be a range such as [" + range + "] or [" + range + ",), but is " + Text.apostrophes(range));
        }
        return new Condition("a version in " + range, value -> contains(constraint, value.strip()));
    }

    private static boolean contains(VersionConstraint constraint, String version) {
        try {
            return !version.isEmpty() && constraint.containsVersion(SCHEME.parseVersion(version));
        } catch (InvalidVersionSpecificationException e) {
            return false;
        }
    }
}
