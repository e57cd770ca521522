/** JSON, no more than the protocol needs: inside Lambda there is no library for it. */
package io.github.lambdashell.function.json;
