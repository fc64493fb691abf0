/**
 * Talks to a language model in whatever protocol it speaks, with tools. Imports nothing of Capstan.
 */
@NullMarked
package dev.capstan.engines.chat;

import org.jspecify.annotations.NullMarked;
