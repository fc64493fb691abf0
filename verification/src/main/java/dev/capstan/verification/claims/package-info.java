/**
 * What an agent says of its own work, beside what was measured. Imports {@code core}, the frozen
 * judge's list of files and what the judge is given.
 */
@NullMarked
package dev.capstan.verification.claims;

import org.jspecify.annotations.NullMarked;
