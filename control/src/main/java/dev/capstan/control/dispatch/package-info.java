/**
 * Hands the tasks that one server leases to the workers that are connected to it. Imports {@code
 * control}.
 */
@NullMarked
package dev.capstan.control.dispatch;

import org.jspecify.annotations.NullMarked;
