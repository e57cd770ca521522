package io.github.lambdashell.function;

import io.github.lambdashell.function.process.OutputSink;
import java.io.IOException;
import java.util.Map;

/** The response to an invocation: output as it comes, the end of each step, the result last. */
interface Response extends OutputSink {
    /** Reports the end of a step. */
    void step(Map<String, Object> members) throws IOException;

    /** Nothing follows it. */
    void result(Map<String, Object> members) throws IOException;
}
