package dev.capstan.verification.attestation;

import dev.capstan.verification.attestation.PublicKeys.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The signature of an installation. Its Ed25519 key is made when it is first needed and lies in one
 * file, private and public part together, that only its owner may read: written aside, forced to
 * the disk and linked to its place, so that a kill leaves a whole key or none, and all servers that
 * share the folder sign with one. Safe for many threads.
 */
public final class Signer {
  /** In the shared folder. */
  public static final String FILE = "keys/evidence.pem";

  private static final String LABEL = "PRIVATE KEY";

  private final Path file;
  private @Nullable KeyPair pair;

  /** {@code folder} is the shared one. */
  public Signer(Path folder) {
    this.file = folder.resolve(FILE);
  }

  public PublicKey publicKey() {
    return pair().getPublic();
  }

  public byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(PublicKeys.ALGORITHM);
      signature.initSign(pair().getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("the key in " + file + " cannot sign", failure);
    }
  }

  private synchronized KeyPair pair() {
    if (pair == null) {
      try {
        pair = Files.exists(file) ? read() : make();
      } catch (IOException failure) {
        throw new UncheckedIOException(
            "the signing key cannot be read or kept in " + file, failure);
      } catch (GeneralSecurityException | IllegalArgumentException failure) {
        throw new IllegalStateException(
            "the signing key in " + file + " is damaged; restore it from a backup", failure);
      }
    }
    return pair;
  }

  private KeyPair read() throws IOException, GeneralSecurityException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    return new KeyPair(
        PublicKeys.read(text),
        KeyFactory.getInstance(PublicKeys.ALGORITHM)
            .generatePrivate(new PKCS8EncodedKeySpec(Pem.read(LABEL, text))));
  }

  private KeyPair make() throws IOException, GeneralSecurityException {
    KeyPair made = KeyPairGenerator.getInstance(PublicKeys.ALGORITHM).generateKeyPair();
    Path folder = Files.createDirectories(file.resolveSibling(""));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    Path aside = file.resolveSibling("evidence." + UUID.randomUUID() + ".part");
    try (FileChannel channel =
        FileChannel.open(
            aside,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      String text =
          Pem.write(LABEL, made.getPrivate().getEncoded()) + PublicKeys.pem(made.getPublic());
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    return place(aside) ? made : read();
  }

  /**
   * False if another server has made a key meanwhile: a link never takes a file's place. Whoever is
   * first takes away what others, or one that was killed, have begun.
   */
  private boolean place(Path aside) throws IOException {
    try {
      Files.createLink(file, aside);
    } catch (FileAlreadyExistsException | NoSuchFileException later) {
      Files.deleteIfExists(aside);
      return false;
    }
    try (DirectoryStream<Path> begun =
        Files.newDirectoryStream(file.resolveSibling(""), "evidence.*.part")) {
      for (Path part : begun) {
        Files.deleteIfExists(part);
      }
    }
    try (FileChannel list = FileChannel.open(file.resolveSibling(""), StandardOpenOption.READ)) {
      list.force(true);
    }
    return true;
  }
}
