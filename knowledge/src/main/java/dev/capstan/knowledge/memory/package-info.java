/**
 * Which of many remembered texts are about what is asked. Imports {@code knowledge.index} and
 * {@code knowledge.embedding}.
 */
@NullMarked
package dev.capstan.knowledge.memory;

import org.jspecify.annotations.NullMarked;
