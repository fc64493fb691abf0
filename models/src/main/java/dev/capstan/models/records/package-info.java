/** What is kept of calls of models. Imports {@code core} and {@code models.wire}. */
@NullMarked
package dev.capstan.models.records;

import org.jspecify.annotations.NullMarked;
