/** What tests of several modules share. Imports nothing of Capstan. */
@NullMarked
package dev.capstan.core.testkit;

import org.jspecify.annotations.NullMarked;
