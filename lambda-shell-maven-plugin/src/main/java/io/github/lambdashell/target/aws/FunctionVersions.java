package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.DeployListener;
import java.util.Locale;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.SnapStartApplyOn;
import software.amazon.awssdk.services.lambda.model.State;

/**
 * The versions and aliases of a stack's function.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html">DeleteFunction</a>, which deletes
 *     them with the function
 */
final class FunctionVersions {
    static final String LATEST = "$LATEST";

    private final AwsClients clients;
    private final String function;
    private final DeployListener listener;

    /** @param function the function's name, not null */
    FunctionVersions(AwsClients clients, String function, DeployListener listener) {
        this.clients = clients;
        this.function = function;
        this.listener = listener;
    }

    /**
     * Publishes a version, and waits until its snapshot exists. Lambda returns the last version if neither code nor
     * configuration have changed since.
     *
     * @return the version's number
     * @throws ShellException if the function has no SnapStart, or its snapshot can't be made
     */
    String publish() throws InterruptedException {
        long start = System.nanoTime();
        try {
            GetFunctionConfigurationResponse latest = read(LATEST);
            if (latest.snapStart() == null || latest.snapStart().applyOn() != SnapStartApplyOn.PUBLISHED_VERSIONS) {
                throw new ShellException(
                        "The function " + function + " has no SnapStart, so a version of it would have no snapshot",
                        "If its stack was deployed without publish, run lshell:deploy -Dlshell.publish, or use it as"
                                + " it is with -Dlshell.publish=false; an emulator of AWS may lack SnapStart");
            }
            String version = clients.functions()
                    .publishVersion(request -> request.functionName(function))
                    .version();
            listener.step("Published version " + version + " of " + function
                    + "; waiting for its snapshot, which takes some minutes if it is new");
            awaitSnapshot(version);
            listener.step(String.format(
                    Locale.ROOT,
                    "Version %s of %s is ready after %.1f s",
                    version,
                    function,
                    (System.nanoTime() - start) / 1e9));
            return version;
        } catch (SdkException e) {
            throw AwsFailure.of(e, "publish a version of the function " + function);
        }
    }

    /** Points an alias to a version, and creates the alias if there is none. */
    void point(String alias, String version) {
        try {
            try {
                clients.functions()
                        .createAlias(request ->
                                request.functionName(function).name(alias).functionVersion(version));
            } catch (ResourceConflictException e) {
                clients.functions()
                        .updateAlias(request ->
                                request.functionName(function).name(alias).functionVersion(version));
            }
            listener.step("Alias " + alias + " of " + function + " is version " + version);
        } catch (SdkException e) {
            throw AwsFailure.of(e, "point the alias " + alias + " of the function " + function + " to a version");
        }
    }

    private void awaitSnapshot(String version) throws InterruptedException {
        GetFunctionConfigurationResponse published = awaitEnd(version);
        if (published.state() == State.FAILED) {
            throw new ShellException(
                    "AWS can't make a snapshot of version " + version + " of " + function + ": "
                            + published.stateReason() + " (" + published.stateReasonCodeAsString() + ")",
                    "See the log group for the initialization of the function, and of the handler with it");
        }
    }

    /**
     * Requires that a version or an alias exists.
     *
     * @throws ShellException if it does not
     */
    void require(String qualifier) {
        try {
            read(qualifier);
        } catch (ResourceNotFoundException e) {
            throw new ShellException(
                    "The function " + function + " has no version or alias '" + qualifier + "'",
                    "Check qualifier (lshell.qualifier); aws lambda list-aliases --function-name " + function
                            + " and list-versions-by-function show what exists",
                    e);
        } catch (SdkException e) {
            throw AwsFailure.of(e, "read " + qualifier + " of the function " + function);
        }
    }

    /** Waits until a version is no longer pending, and returns what it has become. */
    GetFunctionConfigurationResponse awaitEnd(String version) throws InterruptedException {
        GetFunctionConfigurationResponse read = read(version);
        while (read.state() == State.PENDING) {
            Thread.sleep(clients.pollInterval().toMillis());
            read = read(version);
        }
        return read;
    }

    private GetFunctionConfigurationResponse read(String qualifier) {
        return clients.functions().getFunctionConfiguration(request -> request.functionName(function)
                .qualifier(qualifier));
    }
}
