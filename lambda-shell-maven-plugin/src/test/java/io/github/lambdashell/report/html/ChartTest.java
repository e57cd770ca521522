package io.github.lambdashell.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ChartTest {
    private static String svg(boolean logarithmic, double extraOfFirst, double... values) {
        double[] extra = {extraOfFirst};
        List<Chart.Column> columns = DoubleStream.of(values)
                .mapToObj(value -> {
                    Chart.Column column = new Chart.Column("check-1", "passed", value, extra[0], "tip");
                    extra[0] = 0;
                    return column;
                })
                .toList();
        return new Chart(columns, value -> String.format(Locale.ROOT, "%.0f ms", value), logarithmic).svg("Duration");
    }

    private static List<Double> heights(String svg) {
        return Pattern.compile("class=\"col\"[^>]* height=\"([\\d.]+)\"")
                .matcher(svg)
                .results()
                .map(found -> Double.valueOf(found.group(1)))
                .toList();
    }

    @Test
    void oneColdStartDoesNotFlattenTheOthers() {
        String svg = svg(true, 5000, 12, 10, 20, 10, 15);

        assertThat(heights(svg)).allMatch(height -> height > 20);
        assertThat(svg).contains("15 ms median, 5012 ms maximum, logarithmic scale");
    }

    @Test
    void heightsAreProportionalOtherwise() {
        assertThat(heights(svg(false, 0, 10, 40))).containsExactly(25.0, 100.0);
    }
}
