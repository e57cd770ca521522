package io.github.lambdashell.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every implementation of the function's protocol, each run on the local endpoint. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NODE_PACKAGE")
@Timeout(180)
abstract class ContractTest {
    @TempDir
    static Path directory;

    static Function function;

    @Parameter
    Implementation implementation;

    @BeforeParameterizedClassInvocation
    static void start(Implementation implementation) throws IOException {
        assumeTrue(implementation.isHere(), () -> "this machine has nothing to run " + implementation.runtime);
        function = new Function(implementation, directory.resolve(implementation.name()), Duration.ofMinutes(2));
    }

    @AfterParameterizedClassInvocation
    static void end() {
        if (function != null) {
            function.close();
        }
        function = null;
    }
}
