/** Texts that several reports share. */
package io.github.lambdashell.report.text;
