/** Lambda's API over the functions of the local endpoint: how a function is described and invoked. */
package io.github.lambdashell.target.local.endpoint;
