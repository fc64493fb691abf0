/** Which files judge a change, and the tree it is judged in. Imports {@code core} only. */
@NullMarked
package dev.capstan.verification.frozen;

import org.jspecify.annotations.NullMarked;
