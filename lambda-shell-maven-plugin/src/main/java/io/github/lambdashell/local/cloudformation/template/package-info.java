/** Templates: read, checked, and evaluated for given parameters. */
package io.github.lambdashell.local.cloudformation.template;
