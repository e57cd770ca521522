package io.github.lambdashell.function;

import io.github.lambdashell.function.shell.OutputSink;
import java.io.IOException;
import java.util.Map;

/** How an invocation is answered: output as it comes, then the end of each step, last the result. */
interface Response extends OutputSink {
    /** What ended a step. */
    void step(Map<String, Object> members) throws IOException;

    /** Nothing follows it. */
    void result(Map<String, Object> members) throws IOException;
}
