package dev.capstan.worker;

import dev.capstan.workspace.toolchain.Toolchain;

/**
 * How a tree is measured.
 *
 * @param hash of the commands: measurements with different ones do not compare
 * @param fingerprint of the files that decide what set-up fetches
 */
record Recipe(Toolchain toolchain, String hash, String fingerprint) {}
