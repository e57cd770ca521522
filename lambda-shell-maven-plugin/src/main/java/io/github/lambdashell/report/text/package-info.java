/** What all reports share: text without secrets, without harm, and without end. */
package io.github.lambdashell.report.text;
