package io.github.lambdashell.aws;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Refuses a page of HTML where AWS's answer should be. The SDK would take one with HTTP 200 for an answer with nothing
 * in it, and so a stack for absent.
 */
final class ForeignAnswerCheck implements ExecutionInterceptor {
    @Override
    public void beforeUnmarshalling(Context.BeforeUnmarshalling context, ExecutionAttributes attributes) {
        context.httpResponse()
                .firstMatchingHeader("Content-Type")
                .filter(type -> type.startsWith("text/html"))
                .ifPresent(type -> {
                    throw new ForeignAnswerException(
                            context.httpResponse().statusCode(),
                            type,
                            context.httpRequest().host());
                });
    }
}
