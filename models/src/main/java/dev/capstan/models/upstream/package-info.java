/** The way to providers. Imports {@code models.catalog} and {@code models.wire}. */
@NullMarked
package dev.capstan.models.upstream;

import org.jspecify.annotations.NullMarked;
