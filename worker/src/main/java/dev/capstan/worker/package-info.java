/**
 * Lease, run the activity, report: one class for each kind of task. Imports everything below it but
 * {@code java.sql}.
 */
@NullMarked
package dev.capstan.worker;

import org.jspecify.annotations.NullMarked;
