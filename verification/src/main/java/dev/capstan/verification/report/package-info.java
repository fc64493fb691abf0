/**
 * Reads the reports that foreign tools leave behind; every file is untrusted. Imports {@code core}
 * only.
 */
@NullMarked
package dev.capstan.verification.report;

import org.jspecify.annotations.NullMarked;
