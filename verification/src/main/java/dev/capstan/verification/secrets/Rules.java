package dev.capstan.verification.secrets;

import com.google.re2j.Pattern;
import java.util.List;

/** The kinds of secrets that are known, the surest first. */
final class Rules {
  private static final String KEYS =
      "(?i)[a-z0-9_.-]{0,40}(?:password|passwd|passphrase|pwd|secret|token|credential|api[_-]?key|"
          + "access[_-]?key|private[_-]?key|auth[_-]?key|encryption[_-]?key|signing[_-]?key)"
          + "[a-z0-9_.-]{0,20}";

  private static final String[] KEYWORDS = {
    "password", "passwd", "passphrase", "pwd", "secret", "token", "credential", "key"
  };

  /** {@code key = "value"}, {@code "key": "value"}, {@code put("key", "value")} and the like. */
  private static final Pattern QUOTED =
      Pattern.compile(
          KEYS
              + "['\"`\\])]{0,3}\\s{0,20}(?::=|=>|={1,3}|:|,|\\()\\s{0,20}[fbru]?['\"`]"
              + "([^'\"`\\r\\n]{8,200})['\"`]");

  /** {@code key=value} of settings and shell lines; what looks like code is no value. */
  private static final Pattern BARE =
      Pattern.compile(
          "(?m)(?:^|[\\s;,&?])"
              + KEYS
              + "\\s{0,20}[:=]\\s{0,20}([^\\s'\"`,;()<>{}\\[\\]&]{8,200})"
              + "[ \\t]*(?:$|[\\s,;&#])");

  private static final Pattern IN_ADDRESS =
      Pattern.compile(
          "[A-Za-z][A-Za-z0-9+.-]{1,30}://[^\\s:/@'\"]{0,100}:([^\\s/@'\"]{3,200})@[A-Za-z0-9\\[]");

  private static final Pattern BEARER =
      Pattern.compile("(?i)\\b(?:bearer|basic)\\s+([A-Za-z0-9+/._~=-]{20,600})");

  /** The header alone is no key: code that looks for it has it too. */
  private static final Pattern PRIVATE_KEY =
      Pattern.compile(
          "-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----"
              + "(?:[\\s\\\\nr'\"+,`;|>#*.()]|Proc-Type[^\\n]{0,80}\\n|DEK-Info[^\\n]{0,120}\\n|"
              + "Version[^\\n]{0,80}\\n|Comment[^\\n]{0,80}\\n){0,120}([A-Za-z0-9+/=]{32,64})");

  static final List<Rule> ALL =
      List.of(
          Rule.format(
              "AWS access key",
              "(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}",
              "akia",
              "asia",
              "abia",
              "acca"),
          Rule.format(
              "GitHub token",
              "gh[pousr]_[A-Za-z0-9]{36,255}",
              "ghp_",
              "gho_",
              "ghu_",
              "ghs_",
              "ghr_"),
          Rule.format("GitHub token", "github_pat_[A-Za-z0-9_]{50,255}", "github_pat_"),
          Rule.format(
              "GitLab token",
              "gl(?:pat|dt|rt|ptt|oas|cbt|soat)-[A-Za-z0-9_-]{20,100}",
              "glpat-",
              "gldt-",
              "glrt-",
              "glptt-",
              "gloas-",
              "glcbt-",
              "glsoat-"),
          Rule.format("Slack token", "xox[abeoprs]-[0-9A-Za-z]{1,20}-[0-9A-Za-z-]{10,200}", "xox"),
          Rule.format(
              "Slack webhook",
              "hooks\\.slack\\.com/services/T[A-Z0-9]{6,14}/B[A-Z0-9]{6,14}/[A-Za-z0-9]{20,30}",
              "hooks.slack.com"),
          Rule.format("Google API key", "AIza[0-9A-Za-z_-]{35}", "aiza"),
          Rule.format("Google OAuth secret", "GOCSPX-[0-9A-Za-z_-]{28}", "gocspx-"),
          Rule.format(
              "Stripe key",
              "(?:sk|rk|whsec)_(?:live_|test_)?[0-9A-Za-z]{24,200}",
              "sk_live_",
              "sk_test_",
              "rk_live_",
              "rk_test_",
              "whsec_"),
          Rule.format("npm token", "npm_[A-Za-z0-9]{36}", "npm_"),
          Rule.format("PyPI token", "pypi-[A-Za-z0-9_-]{60,400}", "pypi-"),
          Rule.format("Anthropic key", "sk-ant-[A-Za-z0-9_-]{24,200}", "sk-ant-"),
          Rule.format(
              "OpenAI key",
              "sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{20,300}",
              "sk-proj-",
              "sk-svcacct-",
              "sk-admin-"),
          Rule.format("OpenAI key", "sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}", "t3blbkfj"),
          Rule.format("Hugging Face token", "hf_[A-Za-z0-9]{34,40}", "hf_"),
          Rule.format("SendGrid key", "SG\\.[0-9A-Za-z_-]{22}\\.[0-9A-Za-z_-]{43}", "sg."),
          Rule.format("DigitalOcean token", "do[opr]_v1_[a-f0-9]{64}", "_v1_"),
          Rule.format("Docker Hub token", "dckr_pat_[A-Za-z0-9_-]{27}", "dckr_pat_"),
          Rule.format("Telegram bot token", "[0-9]{8,10}:AA[0-9A-Za-z_-]{33}", ":aa"),
          Rule.format("Azure storage key", "AccountKey=[A-Za-z0-9+/]{86}==", "accountkey="),
          Rule.format(
                  "JSON web token",
                  "eyJ[A-Za-z0-9_-]{8,900}\\.eyJ[A-Za-z0-9_-]{8,900}\\.[A-Za-z0-9_-]{16,700}",
                  "eyj")
              .reaching(2_600),
          new Rule(
              "private key",
              List.of("private key"),
              PRIVATE_KEY,
              PRIVATE_KEY,
              1_000,
              true,
              body -> !Placeholders.inToken(body)),
          Rule.near(
              "password in an address", IN_ADDRESS, value -> !Placeholders.isPlain(value), "://"),
          Rule.near("credential of a header", BEARER, Entropy::isRandom, "bearer", "basic"),
          Rule.near("secret value", QUOTED, Placeholders::isSecretValue, KEYWORDS),
          Rule.near("secret value", BARE, Placeholders::isSecretSetting, KEYWORDS));

  private Rules() {}
}
