/**
 * The index of a project: what was discovered and parsed, found again by its words and symbols.
 * Imports {@code knowledge}, its other packages and {@code workspace}.
 */
@NullMarked
package dev.capstan.knowledge.index;

import org.jspecify.annotations.NullMarked;
