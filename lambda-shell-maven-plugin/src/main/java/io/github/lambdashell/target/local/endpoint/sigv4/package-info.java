/** AWS Signature Version 4, the verifying side: who sent a request, and whether it came as it was sent. */
package io.github.lambdashell.target.local.endpoint.sigv4;
