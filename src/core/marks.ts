/**
 * What CI systems take for a command where it stands in a log: `##[name]`, `##vso[…]` and `##teamcity[…]` anywhere,
 * `::name::` at the start of a line, in front of which only white space may stand.
 * Sources: github.com/actions/runner (ActionCommand.cs), github.com/microsoft/azure-pipelines-agent (Command.cs),
 * jetbrains.com/help/teamcity/service-messages.html. GitLab's sections need a carriage return and an escape, which are
 * dropped with the other control characters.
 */
const HASH_MARK = /##(?=\w*\[)/g;

/** Behind any white space, as a line may be broken there. */
const COLON_MARK = /(?<=^|\s)::+/g;

/** @returns the text on one line: what breaks lines, with the white space behind it, becomes a space */
export function onOneLine(text: string): string {
  return text.replace(/[\n\v\f\u2028\u2029]\s*/g, ' ');
}

/** @returns a text in which no CI system finds a command of those that may stand anywhere */
function withoutHashMarks(line: string): string {
  return line.replace(HASH_MARK, '# #');
}

/** How a line of this program's own begins where it is for Azure Pipelines. */
const OWN_MARK = /^##vso\[task\.logissue /;

/** @returns a line of a program's format, in which no CI system finds a command but the one that it begins with */
export function withoutOtherMarks(line: string): string {
  const [own = ''] = OWN_MARK.exec(line) ?? [];
  return own + withoutHashMarks(line.slice(own.length));
}

/** @returns a text in which no CI system finds a command, wherever its lines are broken */
export function withoutMarks(text: string): string {
  return withoutHashMarks(text).replace(COLON_MARK, (colons) => [...colons].join(' '));
}

/** @returns the same JSON in which no CI system finds a command; a mark can only stand inside a string */
export function jsonWithoutMarks(json: string): string {
  return json.replace(HASH_MARK, '#\\u0023');
}
