/** What of ours runs inside a sandbox, as one class without any other. Imports the JDK only. */
@NullMarked
package dev.capstan.sandbox.bridge;

import org.jspecify.annotations.NullMarked;
