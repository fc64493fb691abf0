// Removes private methods whose name the file has nowhere else. A name in a comment or a string counts as used; methods
// with annotations, and those that serialization calls, stay.

const files = ["**/*.java"];
const METHOD =
  /^([ \t]+)private (?:(?:static|final|synchronized) )*(?:<[^>\n]+> )?[\w.<>\[\], ?]+ (\w+)\([^)]*\)[^;{}]*\{/gm;
const CALLED_FROM_OUTSIDE = ["readObject", "writeObject", "readObjectNoData", "readResolve", "writeReplace"];

function transform({ text }) {
  let after = text;
  for (let place = unused(after); place; place = unused(after)) {
    after = after.slice(0, place.start) + after.slice(place.end);
  }
  return after;
}

/** Where the first one begins and ends, with its comment and the blank line before it. */
function unused(text) {
  for (const found of text.matchAll(METHOD)) {
    const close = closing(text, found.index + found[0].length);
    const before = text.slice(0, found.index);
    if (close < 0 || CALLED_FROM_OUTSIDE.includes(found[2]) || /^[ \t]*@.*\r?\n$/m.test(lastLine(before))) {
      continue;
    }
    const comment = /(?:\r?\n[ \t]*)?\/\*\*(?:(?!\*\/)[\s\S])*\*\/[ \t]*\r?\n$/.exec(before);
    const start = comment ? comment.index + leading(comment[0]) : found.index;
    const from = /\n[ \t]*\r?\n$/.test(text.slice(0, start)) ? text.lastIndexOf("\n", start - 2) + 1 : start;
    const end = /^[ \t]*\r?\n/.exec(text.slice(close))?.[0].length;
    const rest = text.slice(0, start) + text.slice(close);
    if (end !== undefined && !new RegExp("\\b" + found[2] + "\\b").test(rest)) {
      return { start: from, end: close + end };
    }
  }
  return null;
}

function lastLine(text) {
  return text.slice(text.lastIndexOf("\n", text.length - 2) + 1);
}

function leading(comment) {
  return comment.startsWith("/") ? 0 : comment.indexOf("\n") + 1;
}

/** The place behind the brace that closes the one before `at`; strings, characters and comments are passed over. */
function closing(text, at) {
  const part = /"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\/.*|\/\*[\s\S]*?\*\/|[{}]/g;
  part.lastIndex = at;
  let depth = 1;
  for (let found = part.exec(text); found; found = part.exec(text)) {
    depth += found[0] === "{" ? 1 : found[0] === "}" ? -1 : 0;
    if (depth === 0) {
      return part.lastIndex;
    }
  }
  return -1;
}
