// Stands in for the package is-regex in what is published: that one looks up a dozen built-in functions first, in case
// somebody has replaced them.
export default function isRegex(value) {
  return Object.prototype.toString.call(value) === '[object RegExp]';
}
