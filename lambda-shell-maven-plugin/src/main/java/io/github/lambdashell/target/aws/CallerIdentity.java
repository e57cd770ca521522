package io.github.lambdashell.target.aws;

import java.util.Objects;

/**
 * Who asks AWS, and for which account.
 *
 * @param account the account's number; {@code unknown} where an emulator doesn't say, not null
 * @param arn of the user or the assumed role, not null
 */
public record CallerIdentity(String account, String arn) {
    public CallerIdentity {
        Objects.requireNonNull(account);
        Objects.requireNonNull(arn);
    }
}
