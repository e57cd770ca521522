package io.github.lambdashell.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProtocolPageTest {
    private static final Pattern NAME = Pattern.compile("(?m)^\\*\\*([A-Z]\\d+)\\*\\* ");

    @Test
    void everyClauseIsTestedWithAllImplementations() throws IOException {
        List<String> clauses = NAME.matcher(Files.readString(Path.of("src/site/markdown/protocol.md")))
                .results()
                .map(MatchResult::group)
                .map(name -> name.replace("*", "").strip())
                .toList();
        Stream<Class<?>> tests = Stream.of(
                CommandContractTest.class,
                ControlContractTest.class,
                HandlerContractTest.class,
                HeartbeatContractTest.class,
                PlainContractTest.class,
                ProcessesContractTest.class,
                StateContractTest.class,
                StepsContractTest.class);

        assertThat(tests.flatMap(test -> Arrays.stream(test.getDeclaredMethods()))
                        .filter(method -> method.isAnnotationPresent(Clause.class))
                        .flatMap(method ->
                                Arrays.stream(method.getAnnotation(Clause.class).value())))
                .containsAll(clauses)
                .isSubsetOf(clauses);
        assertThat(clauses).doesNotHaveDuplicates().hasSizeGreaterThan(30);
    }
}
