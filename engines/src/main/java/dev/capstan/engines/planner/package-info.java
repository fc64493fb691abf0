/** Plans from goals in plain words, by rules and without a model. */
@NullMarked
package dev.capstan.engines.planner;

import org.jspecify.annotations.NullMarked;
