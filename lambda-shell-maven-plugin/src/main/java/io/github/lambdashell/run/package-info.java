/** The use cases, one class each: what a goal does once its parameters are valid. */
package io.github.lambdashell.run;
