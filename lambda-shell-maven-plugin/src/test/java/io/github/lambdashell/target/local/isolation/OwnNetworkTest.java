package io.github.lambdashell.target.local.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnNetworkTest {
    @Test
    void nameServersAreReplacedByOneThatIsReachable() {
        assertThat(OwnNetwork.resolvConf(List.of(
                        "search example.com", "nameserver 127.0.0.53", "nameserver 192.0.2.1", "options edns0")))
                .isEqualTo("nameserver 169.254.100.3\nsearch example.com\noptions edns0\n");
    }

    @ParameterizedTest
    @CsvSource({
        "slirp4netns, slirp4netns",
        "ip, iproute2",
        "nsenter|setpriv, util-linux",
        "slirp4netns|ip, 'iproute2, slirp4netns'"
    })
    void packagesOfProgramsThatAreNotInstalledAreNamed(String absent, String packages) {
        assertThat(OwnNetwork.missing(program -> !program.matches(absent), Path.of("/dev/null")))
                .contains("for a network of its own, install " + packages);
    }

    @Test
    void aMissingDeviceIsNamed(@TempDir Path directory) {
        Path device = directory.resolve("tun");

        assertThat(OwnNetwork.missing(program -> true, device))
                .contains("for a network of its own, give this user access to " + device);
        assertThat(OwnNetwork.missing(program -> true, Path.of("/dev/null"))).isEmpty();
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
