package dev.capstan.verification.rendering;

import java.util.List;

/** Texts that want to be more than text. */
final class Attacks {
  static final List<String> ALL =
      List.of(
          "<script>alert(1)</script><img src=x onerror=alert(1)>",
          "\"><svg/onload=alert(1)>' autofocus onfocus='alert(1)",
          "</details></style></title><h1>Approved</h1><!-- ",
          "a | b | ✅ PASS | all is well |",
          "a \\| b \\\\| c |\n| x | y | z | w |",
          "ping @octocat, @org/team (@x) and a@b.example",
          "`@octocat` ``x`` ``` @octocat `|` @octocat",
          "closes #12, org/repo#13, GH-14, !15, %16 and ~bug $17 &epic",
          "[click](javascript:alert(1)) ![p](https://evil.example/p.png) <https://evil.example>",
          "see https://evil.example/x www.evil.example mailto:a@b.example [a]: http://e.example",
          "```\n# Approved\n~~~\n- [x] done\n> quote\n***\n1. one\n| - |",
          "\r\n\r\n## Approved\r\n\r\n---\r\n",
          "\u001b[31mred\u001b[0m \u0007\u0000\u009b2J",
          "safe\u202Etxt.exe\u202C \u2066x\u2069 zero\u200Bwidth \uFEFF soft\u00ADhyphen",
          "tags \uDB40\uDC41\uDB40\uDC42 lone \uD800 fill \u3164\u2800",
          "$\\color{white}{hidden}$ and $`x`$",
          "&lt;b&gt; &#64;octocat &commat;octocat",
          "%s %d %n {0} ${x} $1 \\1",
          "*b* _i_ ~~s~~ :tada: [^1]: note");

  private Attacks() {}
}
