package io.github.lambdashell.function.handler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProcessFiguresTest {
    @Test
    void aProcessThatEndsMeanwhileUsesNoMemory() throws Exception {
        for (int i = 0; i < 200; i++) {
            Process process = new ProcessBuilder("true").start();
            while (process.isAlive()) {
                assertThat(ProcessFigures.maxMemoryBytes(process.pid())).isNotNegative();
            }
            assertThat(ProcessFigures.maxMemoryBytes(process.pid())).isZero();
        }
    }
}
