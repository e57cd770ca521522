package io.github.lambdashell.report;

import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.MatrixReport;
import io.github.lambdashell.check.run.RunListener;
import io.github.lambdashell.config.AtomicFile;
import io.github.lambdashell.config.RelativePath;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.report.html.HtmlReport;
import java.io.IOException;
import java.nio.file.Path;

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
        write(junit(report), JUnitReport.of(report));
        write(json(report.title()), JsonReport.of(report));
        page(report.title(), HtmlReport.of(report), report.failed());
    }

    /** Writes the reports of a matrix: JUnit XML for each environment, and one of the other files for all. */
    public void ended(MatrixReport report) {
        report.columns().forEach(column -> write(junit(column.report()), JUnitReport.of(column.report())));
        write(json(report.title()), JsonReport.of(report));
        page(report.title(), HtmlReport.of(report), report.failed());
    }

    private void page(String title, String html, boolean failed) {
        write(page(title), html);
        if (!failed) {
            log.info("Report: " + RelativePath.of(page(title)));
        }
    }

    private static void write(Path file, String text) {
        try {
            AtomicFile.write(file, text);
        } catch (IOException e) {
            throw new ShellException(
                    "Can't write the report " + RelativePath.of(file) + ": " + e,
                    "Set reportsDirectory (lshell.reportsDirectory) to a writable directory",
                    e);
        }
    }

    private Path junit(CheckReport report) {
        return directory.resolve("TEST-" + name(report.title()) + ".xml");
    }

    private Path json(String title) {
        return directory.resolve(name(title) + ".json");
    }

    /** Returns the path of the page for a run. */
    public Path page(String title) {
        return directory.resolve(name(title) + ".html");
    }

    private static String name(String title) {
        return "lshell-" + title.replaceAll("[^\\w.-]+", "-");
    }
}
