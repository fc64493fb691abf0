package dev.capstan.engines.codemod;

/** Why a codemod gave no text. */
public enum Trouble {
  /** The codemod or the file is wrong. */
  ERROR,
  /** It took too long. */
  TIME,
  /** It took too much memory. */
  MEMORY
}
