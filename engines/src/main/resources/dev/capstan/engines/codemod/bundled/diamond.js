// Leaves out the type arguments of `new` where the declaration on the same line has the same ones.

const files = ["**/*.java"];
const DECLARED = /^(.*?\b[A-Z]\w*<([^=?\n]+)> \w+ = new [A-Z][\w.]*)<\2>(\([^{}\n]*\);[ \t]*\r?)$/gm;

function transform({ text }) {
  return text.replace(DECLARED, "$1<>$3");
}
