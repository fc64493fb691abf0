/**
 * What a reviewing agent says of a change, beside what was measured. Imports {@code core} and what
 * the judge is given.
 */
@NullMarked
package dev.capstan.verification.review;

import org.jspecify.annotations.NullMarked;
