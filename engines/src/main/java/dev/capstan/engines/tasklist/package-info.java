/** Task lists in Markdown: read as goals, and ticked. Imports {@code core} and {@code engines}. */
@NullMarked
package dev.capstan.engines.tasklist;

import org.jspecify.annotations.NullMarked;
