// Removes imports whose name the file has nowhere else. A name in a comment or a string counts as used.

const files = ["**/*.java"];
const IMPORT = /^import (?:static )?[\w.]+\.(\w+);$/;

function transform({ text }) {
  const lines = text.split("\n");
  const head = headLength(lines);
  const rest = lines.filter((line, at) => at >= head || !/^(import|package) /.test(line)).join("\n");
  const kept = [];
  let removed = false;
  lines.slice(0, head).forEach((line) => {
    const found = IMPORT.exec(line.replace(/\r$/, ""));
    if (found && !new RegExp("\\b" + found[1] + "\\b").test(rest)) {
      removed = true;
    } else if (!(removed && isBlank(line) && kept.length > 0 && isBlank(kept[kept.length - 1]))) {
      kept.push(line);
    }
  });
  return removed ? kept.concat(lines.slice(head)).join("\n") : null;
}

function isBlank(line) {
  return line.trim() === "";
}

/** How many lines stand before the first declaration: the package, the imports, and comments between them. */
function headLength(lines) {
  let comment = false;
  let head = 0;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at].trim();
    if (comment || line.startsWith("/*")) {
      comment = !line.includes("*/");
    } else if (/^(import|package) /.test(line)) {
      head = at + 1;
    } else if (line !== "" && !line.startsWith("//")) {
      break;
    }
  }
  return lines[head] !== undefined && isBlank(lines[head]) ? head + 1 : head;
}
