/**
 * Coding agents that are installed: by the Agent Client Protocol, else by their command lines.
 * Imports {@code core}, {@code sandbox} and the port of engines.
 */
@NullMarked
package dev.capstan.engines.acp;

import org.jspecify.annotations.NullMarked;
