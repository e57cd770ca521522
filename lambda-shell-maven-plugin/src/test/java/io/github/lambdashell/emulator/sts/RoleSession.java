package io.github.lambdashell.emulator.sts;

import io.github.lambdashell.emulator.Service;
import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.endpoint.sigv4.KeyPair;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import java.util.Map;

/**
 * The credentials of one function. They only permit requests to STS for the caller's identity: the emulator does not
 * evaluate policies, so roles have no other permissions.
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

    /** Returns the key pair that signs its requests. */
    public KeyPair keys() {
        return keys;
    }

    /** Returns the variables for the function's environment. */
    Map<String, String> environment() {
        return Map.of(
                "AWS_ACCESS_KEY_ID", keys.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY", keys.secretAccessKey(),
                "AWS_SESSION_TOKEN", token);
    }

    /**
     * Returns the service that handles a request.
     *
     * @param name name of the service
     * @param givenToken token of the request; null if it has none
     * @throws AwsException if functions have no permission for the service
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
