/** Which tests are nearest to a change. May import the core and libraries; reads no file itself. */
@NullMarked
package dev.capstan.verification.nearest;

import org.jspecify.annotations.NullMarked;
