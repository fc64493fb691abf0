package dev.capstan.verification.nearest;

import java.util.Set;

/**
 * How the files of one language use each other, told by keys: a file uses every file that provides
 * a key it asks for. A key that nobody provides is no matter, so asking for what may be is fine.
 */
interface Uses {
  /** Whether this language reads the file, by its path. */
  boolean reads(String path);

  /** The keys by which other files ask for this one; the text is empty if the file is gone. */
  Set<String> provides(String path, String text);

  /** The keys that this file asks for. */
  Set<String> asks(String path, String text);
}
