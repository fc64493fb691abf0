package dev.capstan.server.admin;

import dev.capstan.api.SignInView;
import dev.capstan.server.auth.OidcSettings;
import dev.capstan.server.auth.Open;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How people sign in. */
@RestController
@RequestMapping("/api/v1/sign-in")
public final class SignInController {
  private final SignInView view;

  public SignInController(Optional<OidcSettings> oidc) {
    view =
        oidc.map(one -> new SignInView(one.issuer(), one.clientId(), one.scopes()))
            .orElseGet(() -> new SignInView("", "", ""));
  }

  /** Where people sign in, for the command line. */
  @Open
  @GetMapping
  SignInView view() {
    return view;
  }
}
