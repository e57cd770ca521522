package io.github.lambdashell.target.local.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnNetworkTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.53", "127.0.0.1", "::1", "169.254.169.254"})
    void aNameServerThatIsOutOfReachIsReplaced(String server) {
        assertThat(OwnNetwork.resolvConf(
                        List.of("search example.com", "nameserver " + server, "nameserver 192.0.2.1", "options edns0")))
                .contains("nameserver 169.254.100.5\nsearch example.com\nnameserver 192.0.2.1\noptions edns0\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nameserver 10.0.0.2", "nameserver 169.254.169.253", "# nameserver 127.0.0.1", ""})
    void aFileWithoutSuchServersIsLeftAsItIs(String line) {
        assertThat(OwnNetwork.resolvConf(List.of(line))).isEmpty();
    }

    @Test
    void theNetworkHasOnlyTheGivenPortsOfTheMachine() throws Exception {
        assertThat(OwnNetwork.options(List.of(9001, 9002)))
                .contains("--no-map-gw", "--tcp-ports none", "--udp-ports none", "--udp-ns none", "--tcp-ns 9001,9002");
    }
}
