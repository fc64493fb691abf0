/**
 * Mirrors, clones and captured changes by the git command line; it never runs git with a {@code
 * .git} that an attempt could write. Imports {@code core}.
 */
@NullMarked
package dev.capstan.workspace.git;

import org.jspecify.annotations.NullMarked;
