/** Events for the user's handler: JSON of a file, of the configuration, or of a sample. */
package io.github.lambdashell.check.event;
