/** Tests of toolchains: what is derived, and what the real tools make of it. */
@NullMarked
package dev.capstan.workspace.validation;

import org.jspecify.annotations.NullMarked;
