package io.github.lambdashell.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
        assertThat(json.at("/passed").intValue()).isEqualTo(2);
        assertThat(json.at("/failed").intValue()).isEqualTo(5);
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

    @Test
    void programsReadTheResultOfTheHandler() throws Exception {
        JsonNode json = new ObjectMapper().readTree(JsonReport.of(Hostile.report()));

        JsonNode answered = json.at("/checks/7");
        assertThat(answered.at("/command").textValue()).isEqualTo("event {\"order\":1}");
        assertThat(answered.at("/response/text").textValue()).isEqualTo("{\"statusCode\": 200}");
        assertThat(answered.at("/log/text").textValue()).isEqualTo("started\n");
        assertThat(answered.has("exitCode") || answered.has("stdout")).isFalse();
        JsonNode handler = answered.at("/handler");
        ArrayNode millis = (ArrayNode) handler.at("/durations/millis");
        assertThat(millis).hasSize(1000);
        assertThat(millis.get(0).doubleValue()).isEqualTo(2.0);
        ((ObjectNode) handler.at("/durations")).remove("millis");
        assertThat(handler).isEqualTo(new ObjectMapper().readTree("""
                        {
                          "name": "com.example.App::handleRequest", "snapStart": false, "pid": 42,
                          "initMillis": 800.0, "restoreMillis": 95.0,
                          "durations": {"count": 2000, "p50Millis": 6.0, "p95Millis": 10.0, "maxMillis": 250.0},
                          "failed": 0, "errors": [], "maxMemoryBytes": 104857600,
                          "growth": {"descriptors": 2, "threads": 0, "tmpBytes": -5000, "heapBytes": 3145728}
                        }"""));
        JsonNode error = json.at("/checks/8/handler/errors/0");
        assertThat(error.at("/invocation").intValue()).isOne();
        assertThat(error.at("/type").textValue()).isEqualTo("com.example.OrderException");
        assertThat(error.at("/message").textValue()).isEqualTo("no <order> ***\u001b[1m");
        assertThat(error.at("/stackTrace")).hasSize(5);
    }
}
