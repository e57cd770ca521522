package io.github.lambdashell.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class JsonReportTest {
    @Test
    void programsReadEveryCheckWithItsNumbers() throws Exception {
        String text = JsonReport.of(Hostile.report());

        assertThat(text).doesNotContain("s3cr3t");
        JsonNode json = new ObjectMapper().readTree(text);
        assertThat(json.at("/title").textValue()).isEqualTo("hostile <suite>");
        assertThat(json.at("/environment/isolation").textValue()).isEqualTo("full, by bubblewrap");
        assertThat(json.at("/interrupted").booleanValue()).isFalse();
        assertThat(json.at("/passed").intValue()).isEqualTo(1);
        assertThat(json.at("/failed").intValue()).isEqualTo(4);
        assertThat(json.at("/error").intValue()).isEqualTo(1);
        assertThat(json.at("/skipped").intValue()).isEqualTo(1);
        JsonNode passed = json.at("/checks/0");
        assertThat(passed.at("/name").textValue()).isEqualTo("passes");
        assertThat(passed.at("/status").textValue()).isEqualTo("passed");
        assertThat(passed.at("/tags/0").textValue()).isEqualTo("quick");
        assertThat(passed.at("/stdout/text").textValue()).isEqualTo("fine\n");
        assertThat(passed.at("/coldStart").booleanValue()).isTrue();
        assertThat(passed.at("/metrics/initDurationMillis").intValue()).isEqualTo(450);
        JsonNode failed = json.at("/checks/1");
        assertThat(failed.at("/exitCode").intValue()).isEqualTo(3);
        assertThat(failed.at("/violations")).hasSize(3);
        assertThat(failed.at("/stderr/text").textValue()).isEqualTo("secret ***\n");
        assertThat(json.at("/checks/3/stdout/bytesCut").intValue()).isPositive();
        assertThat(json.at("/checks/6/reason").textValue())
                .isEqualTo("The function <broke> with ***. Look at its log.");
    }
}
