/** Verification of AWS Signature Version 4: the sender of a request, and the integrity of the request. */
package io.github.lambdashell.target.local.endpoint.sigv4;
