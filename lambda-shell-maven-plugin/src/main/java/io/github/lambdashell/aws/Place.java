package io.github.lambdashell.aws;

import java.util.Objects;
import software.amazon.awssdk.arns.Arn;

/**
 * Where a stack's name is the only one of its kind: one region of one account, or the local target.
 *
 * @param target {@code local} or {@code aws}, not null
 * @param account the account's number, empty for the local target, not null
 * @param region empty for the local target, not null
 */
public record Place(String target, String account, String region) {
    /** This machine: its stacks are the same whatever region is said. */
    public static final Place LOCAL = new Place("local", "", "");

    public Place {
        Objects.requireNonNull(target);
        Objects.requireNonNull(account);
        Objects.requireNonNull(region);
    }

    /** Where a stack of AWS is, by its ARN. */
    public static Place ofStack(String stackId) {
        Arn arn = Arn.fromString(stackId);
        return new Place("aws", arn.accountId().orElse(""), arn.region().orElse(""));
    }

    /** As it follows "on": {@code local}, or {@code aws, account 123456789012, eu-west-1}. */
    @Override
    public String toString() {
        return account.isEmpty() ? target : target + ", account " + account + ", " + region;
    }
}
