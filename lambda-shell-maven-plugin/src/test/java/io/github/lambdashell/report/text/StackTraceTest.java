package io.github.lambdashell.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackTraceTest {
    private static final String OWN = "com.example.App.handle(App.java:7)";

    @Test
    void theProjectsOwnFramesRemainInOrder() {
        assertThat(StackTrace.shortened(
                        List.of(
                                "java.base/java.lang.Integer.parseInt(Integer.java:652)",
                                "app//com.example.Order.<init>(Order.java:3)",
                                "org.springframework.cloud.function.adapter.aws.FunctionInvoker.handleRequest(X.java:1)",
                                OWN,
                                "jdk.internal.reflect.DirectMethodHandleAccessor.invoke(Unknown Source)"),
                        10))
                .containsExactly(
                        "    at app//com.example.Order.<init>(Order.java:3)",
                        "    at " + OWN,
                        "    ... 3 more of frameworks, the runtime and the JDK");
    }

    @Test
    void aPackageThatOnlyBeginsLikeAForeignOneIsTheProjectsOwn() {
        assertThat(StackTrace.isOwn("javaxample.App.handle(App.java:7)")).isTrue();
        assertThat(StackTrace.isOwn("kotlin.Lazy.getValue(Lazy.kt:1)")).isFalse();
    }

    @Test
    void aTraceWithoutTheProjectsOwnFramesHasItsFirst() {
        assertThat(StackTrace.shortened(Collections.nCopies(9, "java.lang.Class.forName(Class.java:1)"), 10))
                .hasSize(4)
                .startsWith("    at java.lang.Class.forName(Class.java:1)")
                .endsWith("    ... 6 more of frameworks, the runtime and the JDK");
        assertThat(StackTrace.shortened(List.of(), 10)).isEmpty();
    }

    @Test
    void anEndlessRecursionIsCut() {
        assertThat(StackTrace.shortened(Collections.nCopies(1024, OWN), 10))
                .hasSize(11)
                .endsWith("    ... 1014 more of the project");
    }
}
