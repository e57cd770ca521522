package io.github.lambdashell.aws;

import software.amazon.awssdk.core.exception.SdkClientException;
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
                    // As the cause of an exception of the SDK's own, for it makes its own of any other.
                    ForeignAnswerException cause = new ForeignAnswerException(
                            context.httpResponse().statusCode(),
                            type,
                            context.httpRequest().host());
                    throw SdkClientException.create(cause.getMessage(), cause);
                });
    }
}
