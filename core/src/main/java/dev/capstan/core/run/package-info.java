/**
 * The run: read {@link dev.capstan.core.run.Run}, {@link dev.capstan.core.run.RunCommand}, {@link
 * dev.capstan.core.run.RunEvent}, {@link dev.capstan.core.run.RunDecider} from top to bottom.
 * Imports {@code core}, {@code core.plan} and {@code core.evidence}.
 */
@NullMarked
package dev.capstan.core.run;

import org.jspecify.annotations.NullMarked;
