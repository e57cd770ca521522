package io.github.lambdashell.target.local.function;

import io.github.lambdashell.config.FunctionSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Functions whose values matter to no test, except for those that it names. */
public final class TestFunctions {
    private TestFunctions() {}

    /** Returns a new revision of a function. */
    public static FunctionDefinition of(String name, FunctionSettings settings, String handler, Path code) {
        return new FunctionDefinition(
                name,
                "arn:aws:lambda:us-east-1:000000000000:function:" + name,
                settings,
                handler,
                "arn:aws:iam::000000000000:role/test",
                code,
                "c2hhMjU2",
                1,
                "",
                "/aws/lambda/" + name,
                Instant.now(),
                UUID.randomUUID().toString(),
                Map.of());
    }
}
