/** What is kept from providers. Imports {@code models.wire}. */
@NullMarked
package dev.capstan.models.secrecy;

import org.jspecify.annotations.NullMarked;
