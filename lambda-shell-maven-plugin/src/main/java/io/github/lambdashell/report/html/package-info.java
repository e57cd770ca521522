/** Results as one page without external resources. */
package io.github.lambdashell.report.html;
