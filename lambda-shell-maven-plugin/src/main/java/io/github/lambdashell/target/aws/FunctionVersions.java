package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.DeployListener;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
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
     * Publishes a version, and waits until it can be invoked. Lambda returns the last version if neither code nor
     * configuration have changed since.
     *
     * @param hasSnapStart whether the version must have a snapshot
     * @return the version's number
     * @throws ShellException if it must but the function has no SnapStart, or if it can't be invoked
     */
    String publish(boolean hasSnapStart) throws InterruptedException {
        long start = System.nanoTime();
        try {
            if (hasSnapStart) {
                requireSnapStart();
            }
            String version = clients.functions()
                    .publishVersion(request -> request.functionName(function))
                    .version();
            listener.step("Published version " + version + " of " + function
                    + (hasSnapStart ? "; waiting for its snapshot, which takes some minutes if it is new" : ""));
            awaitVersion(version);
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

    private void requireSnapStart() {
        GetFunctionConfigurationResponse latest = read(LATEST);
        if (latest.snapStart() == null || latest.snapStart().applyOn() != SnapStartApplyOn.PUBLISHED_VERSIONS) {
            throw new ShellException(
                    "The function " + function + " has no SnapStart, so a version of it would have no snapshot",
                    "If its stack was deployed without snapStart, run lshell:deploy -Dlshell.snapStart, or use it as it is"
                            + " with -Dlshell.snapStart=false; an emulator of AWS may lack SnapStart");
        }
    }

    /**
     * Deletes the versions before a published one, for whose snapshots AWS may charge. The last one of them remains,
     * because another build may still invoke it, and so do versions that an alias refers to.
     */
    void prune(String published) {
        if (published.equals("1")) {
            return;
        }
        try {
            List<Integer> older = clients
                    .functions()
                    .listVersionsByFunctionPaginator(request -> request.functionName(function))
                    .versions()
                    .stream()
                    .map(FunctionConfiguration::version)
                    .filter(version -> !version.equals(LATEST))
                    .map(Integer::valueOf)
                    .filter(version -> version < Integer.parseInt(published))
                    .sorted(Comparator.reverseOrder())
                    .skip(1)
                    .toList();
            for (int version : older) {
                delete(version);
            }
        } catch (SdkException e) {
            listener.warning(AwsFailure.of(e, "delete old versions of the function " + function)
                    .getMessage());
        }
    }

    private void delete(int version) {
        try {
            clients.functions()
                    .deleteFunction(request -> request.functionName(function).qualifier(String.valueOf(version)));
            listener.step("Deleted version " + version + " of " + function);
        } catch (ResourceConflictException e) {
            listener.step("Kept version " + version + " of " + function + ", because an alias refers to it");
        } catch (ResourceNotFoundException e) {
            // Another build has deleted it.
        }
    }

    /** Points an alias to a version, and creates the alias if there is none. */
    void point(String alias, String version) {
        try {
            if (!isUpdated(alias, version)) {
                create(alias, version);
            }
            listener.step("Alias " + alias + " of " + function + " is version " + version);
        } catch (SdkException e) {
            throw AwsFailure.of(e, "point the alias " + alias + " of the function " + function + " to a version");
        }
    }

    /** Returns whether an alias exists, and points to a version now. */
    private boolean isUpdated(String alias, String version) {
        try {
            clients.functions()
                    .updateAlias(request ->
                            request.functionName(function).name(alias).functionVersion(version));
            return true;
        } catch (ResourceNotFoundException e) {
            return false;
        }
    }

    private void create(String alias, String version) {
        try {
            clients.functions()
                    .createAlias(request ->
                            request.functionName(function).name(alias).functionVersion(version));
        } catch (ResourceConflictException e) {
            // Another build has created it in the meantime.
            if (!isUpdated(alias, version)) {
                throw e;
            }
        }
    }

    private void awaitVersion(String version) throws InterruptedException {
        GetFunctionConfigurationResponse published = awaitEnd(version);
        if (published.state() == State.FAILED) {
            throw new ShellException(
                    "AWS can't initialize version " + version + " of " + function + ": " + published.stateReason()
                            + " (" + published.stateReasonCodeAsString() + ")",
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
