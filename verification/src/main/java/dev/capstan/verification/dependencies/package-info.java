/**
 * What the manifests of build tools say a project depends on; they are untrusted. Imports nothing
 * of Capstan.
 */
@NullMarked
package dev.capstan.verification.dependencies;

import org.jspecify.annotations.NullMarked;
