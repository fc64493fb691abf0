/**
 * A run as people want it told: for each step its attempts, for each attempt its evidence. Imports
 * {@code core} and {@code control.records}.
 */
@NullMarked
package dev.capstan.control.story;

import org.jspecify.annotations.NullMarked;
