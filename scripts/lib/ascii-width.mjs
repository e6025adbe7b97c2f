/** Stands in for string-width in the bundle: the width of an ASCII text, colours left out. */
export default function width(text) {
  return text.replace(/\x1b\[[\d;]*m/g, "").length;
}
