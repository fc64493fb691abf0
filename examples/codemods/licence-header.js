// Puts a licence at the top of each file that names none: options `licence` (an SPDX identifier) and `holder`.

const files = ["**/*.java", "**/*.js", "**/*.ts", "**/*.go", "**/*.rs", "**/*.py", "**/*.sh"];

function transform({ path, text, options }) {
  if (!options.licence) {
    throw new Error("give the option licence, such as Apache-2.0");
  }
  if (text.slice(0, 1000).includes("SPDX-License-Identifier:")) {
    return null;
  }
  const comment = /\.(py|sh)$/.test(path) ? "#" : "//";
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const header = [`${comment} SPDX-License-Identifier: ${options.licence}`];
  if (options.holder) {
    header.unshift(`${comment} Copyright ${options.holder}`);
  }
  const first = /^\uFEFF?(#!.*\r?\n)?/.exec(text)[0]; // what must stay in front
  return first + header.join(end) + end + end + text.slice(first.length);
}
