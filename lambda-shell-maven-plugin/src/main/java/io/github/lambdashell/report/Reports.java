package io.github.lambdashell.report;

import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.config.AtomicFile;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.report.html.HtmlReport;
import io.github.lambdashell.report.text.Masker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The reports that stay: files for CI, for programs and for people. */
public final class Reports {
    private Reports() {}

    /**
     * Writes {@code TEST-lshell-TITLE.xml}, {@code lshell-TITLE.json} and {@code lshell-TITLE.html}, each whole or not
     * at all.
     *
     * @param directory made where it is missing
     * @return the page for people
     * @throws ShellException when a file can't be written
     */
    public static Path write(Path directory, CheckReport report, Masker masker) {
        String name = "lshell-" + report.title().replaceAll("[^\\w.-]+", "-");
        Path page = directory.resolve(name + ".html");
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(directory.resolve("TEST-" + name + ".xml"), JUnitReport.of(report, masker));
        files.put(directory.resolve(name + ".json"), JsonReport.of(report, masker));
        files.put(page, HtmlReport.of(report, masker));
        for (Map.Entry<Path, String> file : files.entrySet()) {
            try {
                AtomicFile.write(file.getKey(), file.getValue());
            } catch (IOException e) {
                throw new ShellException(
                        "Can't write the report " + file.getKey() + ": " + e,
                        "Set reportsDirectory (lshell.reportsDirectory) to a directory that can be written",
                        e);
            }
        }
        return page;
    }
}
