/**
 * The ports to what is recorded beside the log, and to what is read of it. Imports {@code core}.
 */
@NullMarked
package dev.capstan.control.records;

import org.jspecify.annotations.NullMarked;
