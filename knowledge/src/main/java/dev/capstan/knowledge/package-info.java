/** The words of the index: languages, and what has become of each file. Imports nothing. */
@NullMarked
package dev.capstan.knowledge;

import org.jspecify.annotations.NullMarked;
