/**
 * The one way to a language model: every call of every engine passes {@link
 * dev.capstan.models.Gateway}. Imports {@code core} and the packages below.
 */
@NullMarked
package dev.capstan.models;

import org.jspecify.annotations.NullMarked;
