/** The port to budgets. Imports {@code core} and {@code models.records}. */
@NullMarked
package dev.capstan.models.spending;

import org.jspecify.annotations.NullMarked;
