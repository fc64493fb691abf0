/**
 * What can be said of a part of a project by counting, each claim with what it rests on. Imports
 * {@code knowledge.index} and {@code knowledge.graph}.
 */
@NullMarked
package dev.capstan.knowledge.analysis;

import org.jspecify.annotations.NullMarked;
