/** Listeners of a run that report its results: log lines, JUnit XML, JSON, HTML. */
package io.github.lambdashell.report;
