/**
 * An OpenID Connect issuer that does what a test tells it to, over the real wire. Imports nothing
 * but the JDK and JSON.
 */
@NullMarked
package dev.capstan.testkit.oidc;

import org.jspecify.annotations.NullMarked;
