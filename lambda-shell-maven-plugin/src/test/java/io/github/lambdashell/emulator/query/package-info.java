/** AWS's Query protocol: a form with an action and its parameters as the request, XML as the response. */
package io.github.lambdashell.emulator.query;
