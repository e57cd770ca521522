package io.github.lambdashell.emulator.sts;

import io.github.lambdashell.target.local.function.FunctionDefinition;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The role sessions of an emulator, created when functions start. Safe for use by several threads. */
public final class RoleSessions {
    private final String accountId;
    private final Map<String, RoleSession> byFunction = new ConcurrentHashMap<>();
    private final Map<String, RoleSession> byKey = new ConcurrentHashMap<>();
    private volatile URI endpoint;

    /**
     * Creates sessions.
     *
     * @param accountId 12 digits
     */
    public RoleSessions(String accountId) {
        this.accountId = accountId;
    }

    /** Sets the address of STS, before the first function starts. */
    public void reach(URI uri) {
        endpoint = uri;
    }

    /** Returns the credentials for a function's environment, and their endpoint. */
    public Map<String, String> environment(FunctionDefinition function) {
        RoleSession session = byFunction.computeIfAbsent(function.name() + " " + function.roleArn(), name -> {
            RoleSession made = new RoleSession(accountId, function);
            byKey.put(made.keys().accessKeyId(), made);
            return made;
        });
        Map<String, String> environment = new TreeMap<>(session.environment());
        environment.put("AWS_ENDPOINT_URL_STS", endpoint.toString());
        return environment;
    }

    /** Returns the session of an access key; empty if there is none. */
    public Optional<RoleSession> find(String accessKeyId) {
        return Optional.ofNullable(byKey.get(accessKeyId));
    }
}
