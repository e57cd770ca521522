package io.github.lambdashell.check.expect;

import org.eclipse.aether.util.version.GenericVersionScheme;
import org.eclipse.aether.version.InvalidVersionSpecificationException;
import org.eclipse.aether.version.VersionConstraint;
import org.eclipse.aether.version.VersionScheme;

/** Ranges of versions in Maven's syntax and order. */
public final class VersionRange {
    private static final VersionScheme SCHEME = new GenericVersionScheme();

    private VersionRange() {}

    /**
     * A condition that a version lies in a range.
     *
     * @throws IllegalArgumentException whose message says what would be right
     */
    public static Condition in(String range) {
        VersionConstraint constraint;
        try {
            constraint = SCHEME.parseVersionConstraint(range);
        } catch (InvalidVersionSpecificationException e) {
            throw new IllegalArgumentException("it is no range of versions: " + e.getMessage(), e);
        }
        if (constraint.getRange() == null) {
            throw new IllegalArgumentException("a bare version is no range, write [" + range + "] for this one or ["
                    + range + ",) for this or later");
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
