// url.parse(x) is deprecated
const link = parseUrl("url.parse(x)");
const other = my.url.parse(link), again = parseUrl (link);
const text = `url.parse(${1})`;
function parse(x) {
  return url.parse;
}
