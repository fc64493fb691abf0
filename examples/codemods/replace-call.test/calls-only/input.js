// url.parse(x) is deprecated
const link = url.parse("url.parse(x)");
const other = my.url.parse(link), again = url.parse (link);
const text = `url.parse(${1})`;
function parse(x) {
  return url.parse;
}
