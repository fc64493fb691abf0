/**
 * Coding agents that speak the Agent Client Protocol. Imports {@code core}, {@code sandbox} and the
 * port of engines.
 */
@NullMarked
package dev.capstan.engines.acp;

import org.jspecify.annotations.NullMarked;
