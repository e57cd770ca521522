package io.github.lambdashell.report;

import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.run.RunListener;
import io.github.lambdashell.config.AtomicFile;
import io.github.lambdashell.config.RelativePath;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.report.html.HtmlReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The report files {@code TEST-lshell-TITLE.xml}, {@code lshell-TITLE.json} and {@code lshell-TITLE.html}, each written
 * atomically.
 */
public final class FileReports implements RunListener {
    private final Path directory;
    private final ReportLog log;

    /**
     * @param directory the directory, created where it does not exist; not null
     * @param log gets the path of the page of a run that did not fail, not null
     */
    public FileReports(Path directory, ReportLog log) {
        this.directory = directory;
        this.log = log;
    }

    @Override
    public void ended(CheckReport report) {
        String name = name(report);
        Path page = page(report);
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(directory.resolve("TEST-" + name + ".xml"), JUnitReport.of(report));
        files.put(directory.resolve(name + ".json"), JsonReport.of(report));
        files.put(page, HtmlReport.of(report));
        for (Map.Entry<Path, String> file : files.entrySet()) {
            try {
                AtomicFile.write(file.getKey(), file.getValue());
            } catch (IOException e) {
                throw new ShellException(
                        "Can't write the report " + RelativePath.of(file.getKey()) + ": " + e,
                        "Set reportsDirectory (lshell.reportsDirectory) to a writable directory",
                        e);
            }
        }
        if (!report.failed()) {
            log.info("Report: " + RelativePath.of(page));
        }
    }

    /** Returns the path of the page for a run. */
    public Path page(CheckReport report) {
        return directory.resolve(name(report) + ".html");
    }

    private static String name(CheckReport report) {
        return "lshell-" + report.title().replaceAll("[^\\w.-]+", "-");
    }
}
