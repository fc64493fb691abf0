/**
 * A model server that follows a script, over loopback, in four wire protocols. Imports nothing of
 * ours.
 */
@NullMarked
package dev.capstan.testkit.model;

import org.jspecify.annotations.NullMarked;
