/**
 * The log of all runs as it grows, over server-sent events and WebSocket: one reader for all who
 * follow it. Imports {@code control} and {@code rest}'s errors.
 */
@NullMarked
package dev.capstan.server.live;

import org.jspecify.annotations.NullMarked;
