/** Identities and small values that every aggregate shares. Imports nothing but the JDK. */
@NullMarked
package dev.capstan.core;

import org.jspecify.annotations.NullMarked;
