package io.github.lambdashell.target.local.isolation;

import java.util.List;
import java.util.Map;

/**
 * What runs in a sandbox.
 *
 * @param command of the runtime
 * @param environment of the runtime, whole but for AWS_LAMBDA_RUNTIME_API
 * @param runtimeApi the value of AWS_LAMBDA_RUNTIME_API
 */
public record Launch(List<String> command, Map<String, String> environment, String runtimeApi) {}
