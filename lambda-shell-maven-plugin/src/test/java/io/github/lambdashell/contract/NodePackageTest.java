package io.github.lambdashell.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same script as in the stack's template, but beside a project's own code. */
class NodePackageTest {
    @Test
    void findsTheScriptThatCapturesTheState(@TempDir Path directory) throws IOException {
        assumeTrue(Implementation.NODE_PACKAGE.isHere());
        try (Function function = new Function(Implementation.NODE_PACKAGE, directory, Duration.ofMinutes(1))) {
            Answer first = function.invoke(Function.request("x=1").put("wantState", true));
            Answer second = function.invoke(Function.request("echo $x")
                    .put("state", first.result.get("state").asText()));

            assertThat(second.out()).isEqualTo("1\n");
        }
    }
}
