package io.github.lambdashell.target.aws;

import java.util.List;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * An interceptor that rejects an HTML page in place of AWS's response. The SDK would read one with HTTP 200 as an empty
 * response, and thus report that a stack does not exist. A response with a request id is accepted whatever its content
 * type is: AWS sends the id with every response, and moto sends text/html for responses without a body.
 */
final class ForeignAnswerCheck implements ExecutionInterceptor {
    /** Headers of the request id: the first one is sent by most services, the second one by S3. */
    private static final List<String> REQUEST_ID = List.of("x-amzn-RequestId", "x-amz-request-id");

    @Override
    public void beforeUnmarshalling(Context.BeforeUnmarshalling context, ExecutionAttributes attributes) {
        SdkHttpResponse response = context.httpResponse();
        response.firstMatchingHeader("Content-Type")
                .filter(type -> type.startsWith("text/html"))
                .filter(type -> response.firstMatchingHeader(REQUEST_ID).isEmpty())
                .ifPresent(type -> {
                    // The SDK wraps other exceptions, so this one is the cause of an exception of the SDK.
                    ForeignAnswerException cause = new ForeignAnswerException(
                            response.statusCode(), type, context.httpRequest().host());
                    throw SdkClientException.create(cause.getMessage(), cause);
                });
    }
}
