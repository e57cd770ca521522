/** Lambda's API for the functions of the local target: descriptions and invocations. */
package io.github.lambdashell.target.local.endpoint;
