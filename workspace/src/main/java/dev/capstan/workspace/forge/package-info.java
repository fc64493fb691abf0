/** Where pull requests live. Imports {@code core} and {@code workspace.git}. */
@NullMarked
package dev.capstan.workspace.forge;

import org.jspecify.annotations.NullMarked;
