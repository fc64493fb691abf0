/**
 * A worker on another machine: the ports of its activities, over the protocol. Imports {@code
 * worker} and {@code worker.protocol}.
 */
@NullMarked
package dev.capstan.worker.remote;

import org.jspecify.annotations.NullMarked;
