package io.github.lambdashell.target.local;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.Partition;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.StackLocation;
import io.github.lambdashell.target.StackOrigin;
import io.github.lambdashell.target.code.ExecWrapper;
import io.github.lambdashell.target.code.FunctionPackage;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A stack of this machine, as its file {@code stack.json} holds it.
 *
 * @param name the stack's name
 * @param function its function
 * @param codeKey key of the code, made from its content
 * @param base the configured name
 * @param owner the user who deployed it
 * @param created when it was deployed first
 * @param expires when it is meant to be removed
 */
record LocalStack(
        String name,
        FunctionDefinition function,
        String codeKey,
        String base,
        String owner,
        Instant created,
        Instant expires) {
    private static final int MAX_FUNCTION_NAME = 64;

    LocalStack {
        Objects.requireNonNull(name);
        Objects.requireNonNull(function);
        Objects.requireNonNull(codeKey);
    }

    /** Returns the stack that a configuration describes; the code is not there yet. */
    static LocalStack of(StackConfig config, FunctionPackage code, String region, StackOrigin origin, Instant now) {
        FunctionSettings settings = config.function();
        String name = functionName(config.stackName());
        Map<String, String> environment = ExecWrapper.deployed(settings);
        if (!code.execWrapper().isEmpty()) {
            environment.put(ExecWrapper.VARIABLE, code.execWrapper());
        }
        FunctionDefinition function = new FunctionDefinition(
                name,
                "arn:" + Partition.of(region) + ":lambda:" + region + ":" + LocalTarget.ACCOUNT + ":function:" + name,
                settings.withVariables(environment),
                code.handler(),
                Objects.requireNonNullElse(
                        config.role(),
                        "arn:" + Partition.of(region) + ":iam::" + LocalTarget.ACCOUNT + ":role/" + name + "-role"),
                Path.of(""),
                code.sha256(),
                code.size(),
                "Runs shell commands for lambda-shell-maven-plugin.",
                "/aws/lambda/" + name,
                now,
                UUID.randomUUID().toString(),
                config.tags());
        return new LocalStack(
                config.stackName(),
                function,
                code.key(),
                origin.base(),
                origin.owner(),
                origin.created().orElse(now),
                origin.expires().orElse(now));
    }

    /** Returns the stack's name, shortened with a hash where Lambda's limit requires it. */
    static String functionName(String stackName) {
        if (stackName.length() <= MAX_FUNCTION_NAME) {
            return stackName;
        }
        String hash = DigestUtils.sha256Hex(stackName).substring(0, 8);
        return stackName.substring(0, MAX_FUNCTION_NAME - hash.length() - 1) + "-" + hash;
    }

    /** Returns the stack with its code in a directory. */
    LocalStack withCode(Path directory) {
        return withFunction(function.withCode(directory));
    }

    /** Returns the stack with another function. */
    LocalStack withFunction(FunctionDefinition other) {
        return new LocalStack(name, other, codeKey, base, owner, created, expires);
    }

    /** Returns whether the other stack differs in nothing that a deploy would change. */
    boolean isSame(LocalStack other) {
        return hasSameFunction(other) && origin().equals(other.origin());
    }

    /** Returns whether the other stack's function has the same settings and the same code. */
    boolean hasSameFunction(LocalStack other) {
        return codeKey.equals(other.codeKey) && comparable(function).equals(comparable(other.function));
    }

    /** Returns a function without the values that are new in every deploy. */
    private static FunctionDefinition comparable(FunctionDefinition function) {
        return function.withCode(Path.of("")).withRevision("", Instant.EPOCH);
    }

    StackOrigin origin() {
        return new StackOrigin(base, owner, Optional.of(created), Optional.of(expires));
    }

    DeployedStack deployed() {
        FunctionSettings settings = settings(function);
        return new DeployedStack(
                name,
                StackLocation.LOCAL,
                function.name(),
                settings,
                settings.environmentVariables().size(),
                codeKey,
                Optional.empty(),
                origin());
    }

    /** Returns a function's settings, without the variables that the shell sets itself. */
    static FunctionSettings settings(FunctionDefinition function) {
        return function.settings()
                .withVariables(ExecWrapper.own(function.settings().environmentVariables()));
    }
}
