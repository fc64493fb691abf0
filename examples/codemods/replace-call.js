// Renames a function where it is called: options `from` and `to`, such as from: url.parse and to: parseUrl.
// Comments, strings and declarations stay. Code within templates (`${...}`) is not looked at.

const files = ["**/*.js", "**/*.mjs", "**/*.cjs", "**/*.ts"];

const words = new RegExp(
  [
    /\/\/[^\n]*/, // a comment
    /\/\*[\s\S]*?\*\//,
    /'(?:\\.|[^'\\\n])*'/, // a string
    /"(?:\\.|[^"\\\n])*"/,
    /`(?:\\[\s\S]|[^`\\])*`/,
    /\bfunction\b\s*\*?\s*[\w$]+/, // a declaration
    /[\w$]+(?:\s*\.\s*[\w$]+)*(?=\s*\()/, // what is called
  ]
    .map((one) => one.source)
    .join("|"),
  "g",
);

function transform(file) {
  const { from, to } = file.options;
  if (!from || !to) {
    throw new Error("give the options from and to");
  }
  return file.text.replace(words, (word) => (word === from ? to : word));
}
