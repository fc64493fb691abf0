/** Finds secrets in untrusted text, also encoded and split ones. Imports nothing of Capstan. */
@NullMarked
package dev.capstan.verification.secrets;

import org.jspecify.annotations.NullMarked;
