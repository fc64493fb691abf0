/** Files that work leaves behind, named by their content. Imports {@code core}. */
@NullMarked
package dev.capstan.workspace.artifact;

import org.jspecify.annotations.NullMarked;
