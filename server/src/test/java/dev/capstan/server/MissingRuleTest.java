package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.control.access.Scope;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.auth.Open;
import dev.capstan.server.auth.Rules;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class MissingRuleTest {
  @Test
  void a_handler_without_a_rule_or_with_two_lets_no_server_start() throws Exception {
    assertThatThrownBy(() -> Rules.requireAll(mapping("forgotten")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("forgotten")
        .hasMessageContaining("@Allowed");
    assertThatThrownBy(() -> Rules.requireAll(mapping("undecided")))
        .hasMessageContaining("undecided");
    RequestMappingHandlerMapping ruled = mapping("ruled");
    assertThatCode(() -> Rules.requireAll(ruled)).doesNotThrowAnyException();
  }

  private static RequestMappingHandlerMapping mapping(String method) throws Exception {
    RequestMappingHandlerMapping mapping = new RequestMappingHandlerMapping();
    mapping.registerMapping(
        RequestMappingInfo.paths("/" + method).build(),
        new Handlers(),
        Handlers.class.getDeclaredMethod(method));
    return mapping;
  }

  @SuppressWarnings("UnusedMethod") // found by their names
  private static final class Handlers {
    String forgotten() {
      return "";
    }

    @Open
    @Allowed(Scope.READER)
    String undecided() {
      return "";
    }

    @Allowed(Scope.READER)
    String ruled() {
      return "";
    }
  }
}
