// Catches NumberFormatException in place of Exception, everywhere: quick, and right where only numbers are parsed.

const files = ["**/*.java"];

function transform({ text }) {
  return text.replaceAll("catch (Exception ", "catch (NumberFormatException ");
}
