// Removes private fields whose name the file has nowhere else, if they begin with nothing or with a literal. A name in a
// comment or a string counts as used; fields with annotations stay.

const files = ["**/*.java"];
const LITERAL = String.raw`-?[\d._xXa-fA-F]+[LlFfDd]?|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'|true|false|null`;
const FIELD = new RegExp(
  String.raw`^[ \t]+private (?:(?:static|final|volatile|transient) )*[\w.<>\[\], ?]+ (\w+)(?: = (?:${LITERAL}))?;[ \t]*\r?\n`,
  "gm",
);

function transform({ text }) {
  return text.replace(FIELD, (line, name, at) => {
    const before = text.slice(0, at);
    const annotated = /(^|\n)[ \t]*@[^\n]*\n$/.test(before) || /\*\/[ \t]*\r?\n$/.test(before);
    const used = new RegExp("\\b" + name + "\\b").test(before + text.slice(at + line.length));
    return annotated || used || name === "serialVersionUID" ? line : "";
  });
}
