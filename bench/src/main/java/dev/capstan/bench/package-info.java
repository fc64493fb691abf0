/** The queue under load, beside its peers. Imports whatever it measures; nothing imports it. */
@NullMarked
package dev.capstan.bench;

import org.jspecify.annotations.NullMarked;
