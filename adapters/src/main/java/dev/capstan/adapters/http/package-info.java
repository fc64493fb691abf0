/** JSON over HTTP to servers of others. Imports {@code knowledge}. */
@NullMarked
package dev.capstan.adapters.http;

import org.jspecify.annotations.NullMarked;
