/** TAB: names asked of the remote side. */
package io.github.lambdashell.console.completion;
