/**
 * What can be said of a part of a project, by rules or by a model, each claim with what shows it.
 * Imports {@code knowledge.index}, {@code knowledge.graph} and {@code knowledge.pack}.
 */
@NullMarked
package dev.capstan.knowledge.analysis;

import org.jspecify.annotations.NullMarked;
