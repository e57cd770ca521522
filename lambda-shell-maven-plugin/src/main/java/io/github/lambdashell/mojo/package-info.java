/** The goals: each turns its parameters into a request and makes one call. The only package that uses Maven. */
package io.github.lambdashell.mojo;
