package io.github.lambdashell.target;

import java.util.Objects;

/**
 * The scope in which a stack's name is unique: one region of one account, or the local target.
 *
 * @param target {@code local} or {@code aws}, not null
 * @param account the account's number; empty for the local target, not null
 * @param region the region; empty for the local target, not null
 */
public record StackLocation(String target, String account, String region) {
    /** The local target, whose stacks have no region. */
    public static final StackLocation LOCAL = new StackLocation("local", "", "");

    public StackLocation {
        Objects.requireNonNull(target);
        Objects.requireNonNull(account);
        Objects.requireNonNull(region);
    }

    /** Returns the text that follows "on": {@code local}, or {@code aws, account 123456789012, eu-west-1}. */
    @Override
    public String toString() {
        return account.isEmpty() ? target : target + ", account " + account + ", " + region;
    }
}
