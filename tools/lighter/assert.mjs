// Stands in for Node's assert in what is published, of which Pug's lexer and parser use no more.
export default function assert(isTrue, message) {
  if (!isTrue) {
    throw new Error(message);
  }
}
