/** What was measured of a change and what it means. Imports {@code core} only. */
@NullMarked
package dev.capstan.core.evidence;

import org.jspecify.annotations.NullMarked;
