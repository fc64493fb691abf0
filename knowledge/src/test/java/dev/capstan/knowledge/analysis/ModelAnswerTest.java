package dev.capstan.knowledge.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.knowledge.analysis.CitedClaim.Citation;
import dev.capstan.knowledge.analysis.Claim.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer is read as far as it has the shape that was asked for. */
final class ModelAnswerTest {
  private static final String CITED =
      "{\"kind\": \"gap\", \"text\": \"so\", \"citations\": [{\"path\": \"a\", \"first\": 1, \"last\": 2, \"quote\": \"q\"}]}";

  private static ModelAnswer read(String findings) {
    return ModelAnswer.read("{\"findings\": [" + findings + "]}").orElseThrow();
  }

  @Test
  void findings_are_read_also_with_words_around_them() {
    ModelAnswer answer =
        ModelAnswer.read("Here you are:\n```json\n{\"findings\": [" + CITED + "]}\n```")
            .orElseThrow();

    assertThat(answer)
        .isEqualTo(
            new ModelAnswer(
                List.of(new CitedClaim(Kind.GAP, "so", List.of(new Citation("a", 1, 2, "q")))), 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a text\"",
        "{}",
        "{\"kind\": \"praise\", \"text\": \"so\", \"citations\": []}",
        "{\"kind\": \"gap\", \"text\": 7, \"citations\": []}",
        "{\"kind\": \"gap\", \"text\": \"so\", \"citations\": \"all\"}",
        "{\"kind\": \"gap\", \"text\": \"so\", \"citations\": [{\"path\": \"a\", \"first\": 1.5, \"last\": 2, \"quote\": \"q\"}]}",
        "{\"kind\": \"gap\", \"text\": \"so\", \"citations\": [{\"path\": \"a\", \"first\": 1, \"last\": 99999999999, \"quote\": \"q\"}]}"
      })
  void what_has_another_shape_is_counted(String finding) {
    assertThat(read(finding + ", " + CITED))
        .matches(answer -> answer.claims().size() == 1 && answer.unread() == 1);
  }

  @Test
  void what_is_one_too_many_is_counted() {
    assertThat(read(String.join(", ", java.util.Collections.nCopies(23, CITED))))
        .matches(answer -> answer.claims().size() == 20 && answer.unread() == 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "I found nothing.", "{\"findings\": \"none\"}", "{\"findings\": [", "} {"})
  void what_is_no_such_object_is_no_answer(String answer) {
    assertThat(ModelAnswer.read(answer)).isEmpty();
  }
}
