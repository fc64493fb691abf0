/** Which lines of a text are new against another. Imports nothing of Capstan. */
@NullMarked
package dev.capstan.verification.lines;

import org.jspecify.annotations.NullMarked;
