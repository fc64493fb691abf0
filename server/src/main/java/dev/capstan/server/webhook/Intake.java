package dev.capstan.server.webhook;

import dev.capstan.api.CiResult.Answer;
import dev.capstan.control.access.Access;
import dev.capstan.control.records.Inbox;
import dev.capstan.core.ProjectId;
import dev.capstan.server.rest.ApiException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Stores what was said, once. */
final class Intake {
  private static final Pattern ID = Pattern.compile("[\\w./:@+=-]{1,200}");

  private final Inbox inbox;

  Intake(Inbox inbox) {
    this.inbox = inbox;
  }

  /**
   * Takes it in. A sender's id is not signed everywhere, so the same body under another id is taken
   * in no second time either.
   *
   * @param within what the sender may speak of; nobody's ids stand in another's way
   */
  Answer take(Access within, String sender, String id, byte[] body, Reading reading) {
    if (!ID.matcher(id).matches()) {
      throw ApiException.invalid("a delivery's id is 1 to 200 letters, digits and . _ / : @ + = -");
    }
    String whose = within.bound().map(of -> of + "@" + project(within) + '/').orElse("");
    return switch (reading) {
      case Reading.Nothing(var why) -> new Answer(false, why);
      case Reading.Said(var word) ->
          inbox.take(
                  within,
                  sender + '/' + whose + id,
                  digest(sender + whose, body),
                  word.kind(),
                  word.write())
              ? new Answer(true, "")
              : new Answer(false, "it was taken in before");
    };
  }

  private static String project(Access within) {
    return within.project().map(ProjectId::value).orElse("");
  }

  private static String digest(String sender, byte[] body) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update((sender + '\n').getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha.digest(body));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
