/**
 * Lets an agent that speaks one protocol use a provider that speaks another. Imports {@code
 * catalog}, {@code upstream} and {@code wire}.
 */
@NullMarked
package dev.capstan.models.translation;

import org.jspecify.annotations.NullMarked;
