/**
 * The server's side of the protocol of workers. Imports {@code api}, {@code control}, {@code
 * worker.protocol}.
 */
@NullMarked
package dev.capstan.server.workers;

import org.jspecify.annotations.NullMarked;
