/**
 * Plans from goals in plain words: by rules, and by a model that is not believed. Imports {@code
 * core}, and of the engines their chat and prompts.
 */
@NullMarked
package dev.capstan.engines.planner;

import org.jspecify.annotations.NullMarked;
