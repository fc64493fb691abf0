/**
 * From text to symbols, imports, calls and chunks; grammars run in a child process that may die.
 * Imports {@code knowledge}.
 */
@NullMarked
package dev.capstan.knowledge.parsing;

import org.jspecify.annotations.NullMarked;
