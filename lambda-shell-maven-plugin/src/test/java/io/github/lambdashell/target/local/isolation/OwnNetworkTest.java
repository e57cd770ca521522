package io.github.lambdashell.target.local.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OwnNetworkTest {
    @Test
    void nameServersAreReplacedByOneThatIsReachable() {
        assertThat(OwnNetwork.resolvConf(List.of(
                        "search example.com", "nameserver 127.0.0.53", "nameserver 192.0.2.1", "options edns0")))
                .isEqualTo("nameserver 169.254.100.3\nsearch example.com\noptions edns0\n");
    }

    @Test
    void theNetworkHasOnlyTheGivenPortsOfTheMachine() {
        assertThat(OwnNetwork.commands(List.of(9001, 9002)).lines())
                .contains("route add unreachable 127.0.0.0/8", "route add unreachable 169.254.169.254")
                .filteredOn(line -> line.contains("table 100") && line.startsWith("rule"))
                .containsExactly(
                        "rule add pref 10 to 127.0.0.1 ipproto tcp dport 9001 table 100",
                        "rule add pref 10 to 127.0.0.1 ipproto tcp dport 9002 table 100");
    }
}
