/** Signed statements about a change, which anybody can check offline. Imports {@code core}. */
@NullMarked
package dev.capstan.verification.attestation;

import org.jspecify.annotations.NullMarked;
