/**
 * A coding agent of Capstan's own: a loop over one language model with a few tools. Imports {@code
 * core}, and of the engines their port, prompts, chat and watch.
 */
@NullMarked
package dev.capstan.engines.builtin;

import org.jspecify.annotations.NullMarked;
