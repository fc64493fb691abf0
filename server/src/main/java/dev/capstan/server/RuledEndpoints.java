package dev.capstan.server;

import dev.capstan.server.auth.Rules;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the rules before every handler. */
final class RuledEndpoints implements WebMvcConfigurer {
  private final Rules rules;

  RuledEndpoints(Rules rules) {
    this.rules = rules;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(rules);
  }
}
