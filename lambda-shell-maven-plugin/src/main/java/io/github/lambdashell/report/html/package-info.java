/** Results as one page that needs nothing but itself. */
package io.github.lambdashell.report.html;
