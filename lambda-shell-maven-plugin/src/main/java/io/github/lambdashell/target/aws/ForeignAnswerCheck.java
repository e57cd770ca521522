package io.github.lambdashell.target.aws;

import java.util.List;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Refuses a page of HTML where AWS's answer should be. The SDK would take one with HTTP 200 for an answer with nothing
 * in it, and so a stack for absent. What bears a request's id is no page, whatever it calls itself: AWS puts the id on
 * every answer, and moto says text/html of those that have no body.
 */
final class ForeignAnswerCheck implements ExecutionInterceptor {
    /** The first of most services, the other of S3. */
    private static final List<String> REQUEST_ID = List.of("x-amzn-RequestId", "x-amz-request-id");

    @Override
    public void beforeUnmarshalling(Context.BeforeUnmarshalling context, ExecutionAttributes attributes) {
        SdkHttpResponse response = context.httpResponse();
        response.firstMatchingHeader("Content-Type")
                .filter(type -> type.startsWith("text/html"))
                .filter(type -> response.firstMatchingHeader(REQUEST_ID).isEmpty())
                .ifPresent(type -> {
                    // As the cause of an exception of the SDK's own, for it makes its own of any other.
                    ForeignAnswerException cause = new ForeignAnswerException(
                            response.statusCode(), type, context.httpRequest().host());
                    throw SdkClientException.create(cause.getMessage(), cause);
                });
    }
}
