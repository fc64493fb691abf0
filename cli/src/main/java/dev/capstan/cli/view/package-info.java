/** What people see. Imports {@code api}. */
@NullMarked
package dev.capstan.cli.view;

import org.jspecify.annotations.NullMarked;
