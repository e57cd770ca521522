/**
 * The package that is deployed to /var/task: the shell function of a runtime, and the project's own package beside it.
 */
package io.github.lambdashell.target.code;
