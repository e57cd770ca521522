package io.github.lambdashell.emulator.sts;

import io.github.lambdashell.emulator.Service;
import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.endpoint.sigv4.KeyPair;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import java.util.Map;

/**
 * The credentials that one function runs under. They let it ask STS whose they are, and do nothing else here: the
 * endpoint does not judge policies, so it grants no role anything.
 */
public final class RoleSession {
    private final KeyPair keys = KeyPair.temporary();
    private final String token = KeyPair.random().secretAccessKey();
    private final String arn;
    private final Service sts;

    RoleSession(String accountId, FunctionDefinition function) {
        String role = function.roleArn().replaceFirst(".*/", "");
        this.arn = "arn:aws:sts::" + accountId + ":assumed-role/" + role + "/" + function.name();
        this.sts = StsService.create(accountId, arn, "AROALSHELLLOCALTARGET:" + function.name());
    }

    /** What its requests are signed with. */
    public KeyPair keys() {
        return keys;
    }

    /** As they stand in the function's environment. */
    Map<String, String> environment() {
        return Map.of(
                "AWS_ACCESS_KEY_ID", keys.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY", keys.secretAccessKey(),
                "AWS_SESSION_TOKEN", token);
    }

    /**
     * What answers a request.
     *
     * @param name of the service
     * @param givenToken that came with the request, null when none did
     * @throws AwsException when a function may not ask it
     */
    public Service service(String name, String givenToken) {
        if (!token.equals(givenToken)) {
            throw new AwsException(
                    403, "InvalidClientTokenId", "The security token included in the request is invalid.");
        }
        if (!name.equals("sts")) {
            throw new AwsException(
                    403,
                    "AccessDenied",
                    "User: " + arn + " is not authorized to perform: " + name
                            + ":* because no identity-based policy allows it; on the local target a function may ask"
                            + " STS who it is, nothing else");
        }
        return sts;
    }
}
