package io.github.lambdashell.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StragglersTest {
    @Test
    void fewAreAllShown() throws Exception {
        assertThat(of(2).shown()).isEqualTo("sleep (pid 1), sleep (pid 2)");
        assertThat(of(0).isEmpty()).isTrue();
    }

    @Test
    void ofAThousandTheFirstOnesAreShown() throws Exception {
        assertThat(of(1000).shown()).startsWith("sleep (pid 1), ").endsWith(", sleep (pid 10), and 990 more");
        assertThat(of(1000).processes()).hasSize(1000).last().isEqualTo("sleep (pid 1000)");
    }

    private static Stragglers of(int number) throws Exception {
        String processes = IntStream.rangeClosed(1, number)
                .mapToObj(pid -> "{\"pid\":" + pid + ",\"name\":\"sleep\"}")
                .collect(Collectors.joining(",", "[", "]"));
        return ResultParser.result(new ObjectMapper().readTree("{\"stragglers\":" + processes + "}"), Optional.empty())
                .stragglers();
    }
}
