/**
 * Where requests come from and what they lead to: correlation ids, and spans of the server. Imports
 * {@code control} and {@code worker.tracing}.
 */
@NullMarked
package dev.capstan.server.trace;

import org.jspecify.annotations.NullMarked;
