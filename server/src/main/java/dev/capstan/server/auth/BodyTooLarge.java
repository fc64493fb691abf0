package dev.capstan.server.auth;

/** A body that goes on beyond its limit; the message says which. */
public final class BodyTooLarge extends RuntimeException {
  private static final long serialVersionUID = 1;

  BodyTooLarge(long most) {
    super(words(most));
  }

  static String words(long most) {
    return "the body has more than " + most + " bytes, which is the limit of this server";
  }
}
