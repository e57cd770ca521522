package io.github.lambdashell.target.aws;

import java.util.Objects;

/**
 * The identity of the caller.
 *
 * @param account number of the account; {@code unknown} if an emulator does not return it, not null
 * @param arn ARN of the user or the assumed role, not null
 */
public record CallerIdentity(String account, String arn) {
    public CallerIdentity {
        Objects.requireNonNull(account);
        Objects.requireNonNull(arn);
    }
}
