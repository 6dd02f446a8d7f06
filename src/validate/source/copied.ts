/**
 * @param value plain data, without anything that JSON would leave out
 * @returns a copy: texts that were cut out of a file's text would keep all of that text in memory
 */
export function copied<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
