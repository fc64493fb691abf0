/** Which classes a change asks mutation testing about. Imports the core and {@code frozen} only. */
@NullMarked
package dev.capstan.verification.mutation;

import org.jspecify.annotations.NullMarked;
