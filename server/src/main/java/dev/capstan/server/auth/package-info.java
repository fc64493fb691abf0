/**
 * Who asks, what they may do and what they see. Imports {@code control}, {@code workspace}, {@code
 * api} and {@code core}; every controller stands above it.
 */
@NullMarked
package dev.capstan.server.auth;

import org.jspecify.annotations.NullMarked;
