package io.github.lambdashell.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalConfigTest {
    private static LocalConfig of(String isolation, String network, String... hostPorts) {
        Problems problems = new Problems();
        LocalConfig config =
                LocalConfig.of(isolation, network, List.of(hostPorts), null, List.of(), Map.of(), problems);
        problems.throwIfAny();
        return config;
    }

    @ParameterizedTest
    @CsvSource({"auto, host, AUTO, HOST", "full, own, FULL, OWN", "none, auto, NONE, AUTO"})
    void isolationAndNetworkAreWords(String isolation, String network, IsolationMode mode, NetworkMode networkMode) {
        LocalConfig config = of(isolation, network);

        assertThat(config.isolation()).isEqualTo(mode);
        assertThat(config.network()).isEqualTo(networkMode);
    }

    @Test
    void functionsHaveANetworkOfTheirOwnWhereTheMachineAllowsIt() {
        assertThat(LocalConfig.DEFAULT.network()).isEqualTo(NetworkMode.AUTO);
    }

    @Test
    void portsAreNumbers() {
        assertThat(of("auto", "own", "1", " 65535").hostPorts()).containsExactly(1, 65535);
        assertThatThrownBy(() -> of("auto", "own", "0", "65536", "http", ""))
                .hasMessageContainingAll(
                        "hostPorts (lshell.local.hostPorts) must be numbers from 1 to 65535, but one is '0'",
                        "but one is '65536'",
                        "but one is 'http'",
                        "but one is ''");
    }

    @Test
    void anUnknownWordIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> of("partial", "none"))
                .hasMessageContainingAll(
                        "isolation (lshell.local.isolation) must be 'auto', 'full' or 'none', but is 'partial'",
                        "network (lshell.local.network) must be 'auto', 'own' or 'host', but is 'none'");
    }

    @Test
    void aNetworkOfItsOwnRequiresIsolation() {
        assertThatThrownBy(() -> of("none", "own"))
                .hasMessageContaining(
                        "lshell.local.network=own and lshell.local.isolation=none are mutually exclusive");
    }
}
