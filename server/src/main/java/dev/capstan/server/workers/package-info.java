/**
 * The server's side of the protocol of workers. Imports {@code api}, {@code control}, {@code
 * worker.protocol}, and {@code rest} of the edge.
 */
@NullMarked
package dev.capstan.server.workers;

import org.jspecify.annotations.NullMarked;
