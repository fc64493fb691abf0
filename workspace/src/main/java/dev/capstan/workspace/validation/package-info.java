/**
 * Whether a repository can be worked on, found before any run, with reasons and what to do. Imports
 * {@code core} and the packages beside it.
 */
@NullMarked
package dev.capstan.workspace.validation;

import org.jspecify.annotations.NullMarked;
