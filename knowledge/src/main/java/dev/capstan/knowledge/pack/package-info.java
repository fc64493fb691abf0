/**
 * What a model gets to read for a goal, within a budget of tokens. Imports {@code knowledge.index}
 * and {@code knowledge.graph}.
 */
@NullMarked
package dev.capstan.knowledge.pack;

import org.jspecify.annotations.NullMarked;
