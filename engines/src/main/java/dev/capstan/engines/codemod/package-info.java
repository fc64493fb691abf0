/**
 * Codemods: JavaScript of the user's that makes a new text of a file's text, in WebAssembly.
 * Imports {@code core} and {@code engines}.
 */
@NullMarked
package dev.capstan.engines.codemod;

import org.jspecify.annotations.NullMarked;
