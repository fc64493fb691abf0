/**
 * Says what the calls and imports of a file mean, from what was parsed of all files: a pure
 * function. Imports {@code knowledge} and {@code knowledge.parsing}.
 */
@NullMarked
package dev.capstan.knowledge.resolving;

import org.jspecify.annotations.NullMarked;
