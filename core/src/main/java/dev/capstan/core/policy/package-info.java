/**
 * What a team asks of every change: named sets of values, and what follows when they are laid over
 * one another. Imports {@code core.evidence}.
 */
@NullMarked
package dev.capstan.core.policy;

import org.jspecify.annotations.NullMarked;
