/** Results as console lines, JUnit XML, HTML and JSON. */
package io.github.lambdashell.report;
