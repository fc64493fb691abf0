/**
 * The composition root: the only place that says {@code new} to adapters. Imports whatever it puts
 * together.
 */
@NullMarked
package dev.capstan.server;

import org.jspecify.annotations.NullMarked;
