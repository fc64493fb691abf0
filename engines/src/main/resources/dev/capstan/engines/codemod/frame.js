// Runs one codemod on one file. The host gives a request and takes an answer, both as JSON.
const host = java_invoke;
const { parse, stringify } = JSON;
const { freeze, getOwnPropertyNames } = Object;
const evaluate = eval;
const text = String;

// The language, and nothing of this machine: no files, no modules, no timers, no way to the host.
const kept = [
  "AggregateError", "Array", "ArrayBuffer", "BigInt", "BigInt64Array", "BigUint64Array", "Boolean", "DataView",
  "Date", "Error", "EvalError", "Float16Array", "Float32Array", "Float64Array", "Function", "Infinity", "Int16Array",
  "Int32Array", "Int8Array", "InternalError", "Iterator", "JSON", "Map", "Math", "NaN", "Number", "Object",
  "Promise", "Proxy", "RangeError", "ReferenceError", "Reflect", "RegExp", "Set", "String", "Symbol", "SyntaxError",
  "TypeError", "URIError", "Uint16Array", "Uint32Array", "Uint8Array", "Uint8ClampedArray", "WeakMap", "WeakSet",
  "console", "decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent", "escape", "eval", "globalThis",
  "isFinite", "isNaN", "parseFloat", "parseInt", "undefined", "unescape",
];
for (const name of getOwnPropertyNames(globalThis)) {
  if (!kept.includes(name)) {
    delete globalThis[name];
  }
}

// The same text must give the same text, so there is neither a clock nor chance.
const absent = (what) => () => {
  throw new Error(`a codemod has no ${what}: give it what it needs with an option`);
};
const noClock = absent("clock");
const RealDate = Date;
function Moment(...parts) {
  if (new.target === undefined || parts.length === 0) {
    noClock();
  }
  return Reflect.construct(RealDate, parts, new.target);
}
Moment.prototype = RealDate.prototype;
Moment.prototype.constructor = Moment;
Moment.UTC = RealDate.UTC;
Moment.parse = RealDate.parse;
Moment.now = noClock;
globalThis.Date = Moment;
Math.random = absent("random numbers");

const wrong = (why) => ({ error: why });

function explained(error) {
  try {
    if (!(error instanceof Error)) {
      return wrong(`it threw ${text(error)}`);
    }
    const line = /<input>:(\d+)/.exec(text(error.stack));
    return { error: `${error.name}: ${error.message}`, line: line ? Number(line[1]) : 0 };
  } catch (unreadable) {
    return wrong("it threw something that cannot be read");
  }
}

function globs(files) {
  const list = files === undefined ? [] : Array.isArray(files) ? files : [files];
  return list.every((glob) => typeof glob === "string")
    ? { files: list }
    : wrong("its files are neither a glob nor a list of globs");
}

function changed(before, after) {
  if (after === undefined || after === null || after === before) {
    return {};
  }
  if (typeof after === "string") {
    return { text: after };
  }
  const kind = typeof after.then === "function" ? "a promise" : Array.isArray(after) ? "an array" : `a ${typeof after}`;
  return wrong(`transform returned ${kind}, not the new text`);
}

// What it defines is seen only by code that is evaluated together with it.
const DEFINED = `
;({
  transform: typeof transform === "function" ? transform : undefined,
  files: typeof files === "undefined" ? undefined : files,
});`;

function answer({ code, options, path, text }) {
  try {
    const { transform, files } = evaluate(code + DEFINED);
    if (transform === undefined) {
      return wrong("it defines no function transform(file)");
    }
    if (path === undefined) {
      return globs(files);
    }
    return changed(text, transform(freeze({ path, text, options: freeze(options) })));
  } catch (error) {
    return explained(error);
  }
}

const request = parse(parse(host("capstan", "request", "[]")));
host("capstan", "answer", stringify([stringify(answer(request))]));
