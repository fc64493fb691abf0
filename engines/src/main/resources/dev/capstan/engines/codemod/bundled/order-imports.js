// Sorts the imports of each group by their names, static ones first. Groups, which blank lines make, stay as they are.

const files = ["**/*.java"];
const GROUP = /(?:^import (?:static )?[\w.]+(?:\.\*)?;\r?\n){2,}/gm;

function transform({ text }) {
  const end = text.search(/^(?!import |package |\s|\/|\*|$)/m);
  const head = end < 0 ? text : text.slice(0, end);
  const sorted = head.replace(GROUP, (group) => group.split(/(?<=\n)/).sort(compare).join(""));
  return sorted + text.slice(head.length);
}

function compare(one, other) {
  const a = key(one);
  const b = key(other);
  return a < b ? -1 : a > b ? 1 : 0;
}

function key(line) {
  const name = line.replace(/^import (static )?/, "").replace(/;\s*$/, "");
  return (line.startsWith("import static ") ? "0" : "1") + name;
}
