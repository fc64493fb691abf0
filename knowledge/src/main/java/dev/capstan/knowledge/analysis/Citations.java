package dev.capstan.knowledge.analysis;

import dev.capstan.knowledge.analysis.CitedClaim.Citation;
import dev.capstan.knowledge.analysis.Findings.Checked;
import dev.capstan.knowledge.analysis.Findings.Dropped;
import dev.capstan.knowledge.index.FileContent;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Looks up what a model cites. A claim holds if it cites at least one place of the subject and each
 * quotation stands, word for word, in the lines that it names; whether the claim follows from them
 * is not decided. For one thread.
 */
public final class Citations {
  private static final int MOST_LINES = 80;
  private static final int SHORTEST = 8;
  private static final int LONGEST_CLAIM = 600;
  private static final Pattern NUMBERED = Pattern.compile("(?m)^ *\\d{1,6}: ?");

  private final ProjectIndex index;
  private final View view;
  private final Subject subject;
  private final Map<String, Optional<FileContent>> read = new HashMap<>();

  public Citations(ProjectIndex index, View view, Subject subject) {
    this.index = index;
    this.view = view;
    this.subject = subject;
  }

  /** Keeps what holds, in its order, and says of the rest why it does not. */
  public Checked check(List<CitedClaim> claims) {
    List<Claim> held = new ArrayList<>();
    List<Dropped> dropped = new ArrayList<>();
    for (CitedClaim claim : claims) {
      String text = text(claim);
      fault(claim)
          .ifPresentOrElse(
              why -> dropped.add(new Dropped(text, why)),
              () ->
                  held.add(
                      new Claim(
                          claim.kind(),
                          Claim.OF_A_MODEL,
                          text,
                          claim.citations().stream().map(this::id).toList())));
    }
    return new Checked(held, dropped);
  }

  private static String text(CitedClaim claim) {
    String plain = PlainText.inOneLine(claim.text());
    return plain.codePointCount(0, plain.length()) <= LONGEST_CLAIM
        ? plain
        : plain.substring(0, plain.offsetByCodePoints(0, LONGEST_CLAIM)) + "…";
  }

  private Optional<String> fault(CitedClaim claim) {
    if (claim.text().isBlank()) {
      return Optional.of("it says nothing");
    }
    if (claim.citations().stream().noneMatch(citation -> subject.holds(citation.path()))) {
      return Optional.of("it cites nothing of the subject");
    }
    return claim.citations().stream().flatMap(citation -> fault(citation).stream()).findFirst();
  }

  private Optional<String> fault(Citation citation) {
    String place =
        PlainText.inOneLine(citation.path()) + ':' + citation.first() + '-' + citation.last();
    Optional<FileContent> content = content(citation.path());
    if (content.isEmpty()) {
      return Optional.of(place + ": there is no such file that can be found");
    }
    if (citation.first() < 1
        || citation.last() < citation.first()
        || citation.last() - citation.first() >= MOST_LINES) {
      return Optional.of(place + ": these are not 1 to " + MOST_LINES + " lines");
    }
    String quote = PlainText.inOneLine(NUMBERED.matcher(citation.quote()).replaceAll(""));
    if (quote.length() < SHORTEST) {
      return Optional.of(place + ": the quotation is too short to say anything");
    }
    String there = PlainText.inOneLine(content.get().between(citation.first(), citation.last()));
    return there.contains(quote)
        ? Optional.empty()
        : Optional.of(place + ": what is quoted does not stand there");
  }

  private Optional<FileContent> content(String path) {
    return read.computeIfAbsent(path, wanted -> index.file(view.name(), wanted));
  }

  private String id(Citation citation) {
    return citation.path()
        + '@'
        + content(citation.path()).orElseThrow().file().blob()
        + "#L"
        + citation.first()
        + "-L"
        + citation.last();
  }
}
