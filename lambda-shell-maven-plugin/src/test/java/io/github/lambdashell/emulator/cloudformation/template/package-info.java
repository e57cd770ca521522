/** Templates: read, checked, and evaluated for given parameters. */
package io.github.lambdashell.emulator.cloudformation.template;
