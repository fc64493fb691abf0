/** Which files their owners keep from machines. Imports {@code core}. */
@NullMarked
package dev.capstan.workspace.optout;

import org.jspecify.annotations.NullMarked;
