/** Finds out when an agent gets nowhere, whatever kind of agent it is. Imports {@code core}. */
@NullMarked
package dev.capstan.engines.watch;

import org.jspecify.annotations.NullMarked;
