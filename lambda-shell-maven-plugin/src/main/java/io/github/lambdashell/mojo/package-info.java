/** Goals: parameters in, one call, errors out. The only package that knows Maven. */
package io.github.lambdashell.mojo;
