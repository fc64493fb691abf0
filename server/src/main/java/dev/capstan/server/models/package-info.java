/**
 * The door of the model gateway: an endpoint of its own, on loopback, that knows attempts by their
 * keys and nothing of tokens. Imports {@code models} and {@code control}.
 */
@NullMarked
package dev.capstan.server.models;

import org.jspecify.annotations.NullMarked;
