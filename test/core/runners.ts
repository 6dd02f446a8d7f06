/**
 * How CI systems find commands in what a job prints: ports of their parsers, written down from memory and not compared
 * with their sources line by line.
 *
 * @returns the commands, by system
 */
export function commandsIn(log: string): Readonly<Record<string, readonly string[]>> {
  const lines = log.split(/\r\n|\n|\r/);
  return {
    github: lines.flatMap((line) => githubV2(line) ?? githubV1(line) ?? []),
    azure: lines.flatMap((line) => bracketed(line, '##vso[') ?? azureFormat(line) ?? []),
    teamcity: lines.flatMap((line) => bracketed(line, '##teamcity[') ?? []),
    gitlab: [...log.matchAll(/section_(start|end):\d+:[\w.-]+(\[[^\]]*\])?\r\p{Cc}\[0K/gu)].map(
      ([text]) => text,
    ),
  };
}

/** Comparison by culture passes over what nobody sees. */
function seen(text: string): string {
  return text.replace(/(?![\t\n])\p{Cc}|\p{Default_Ignorable_Code_Point}/gu, '');
}

/** ActionCommand.TryParseV2: `::name properties::data`, behind white space. */
function githubV2(text: string): string | undefined {
  const message = seen(text).trimStart();
  const end = message.startsWith('::') ? message.indexOf('::', 2) : -1;
  return end < 0 ? undefined : message.slice(2, end).split(' ')[0];
}

/** ActionCommand.TryParse: `##[name properties]data`, anywhere. */
function githubV1(text: string): string | undefined {
  return bracketed(text, '##[');
}

/** What the page of a log shows as a heading, an error or a folded group: `##[name]` at the start of a line. */
function azureFormat(text: string): string | undefined {
  return /^\s*##\[(\w+)\]/.exec(seen(text))?.[1];
}

/** A logging command of Azure Pipelines. */
interface LoggingCommand {
  /** Such as `task.logissue`. */
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** @returns what the Azure agent reads of a line: Command.TryParse and CommandStringConvertor.Unescape */
export function azureCommand(line: string): LoggingCommand | undefined {
  const inside = bracketed(line, '##vso[');
  if (inside === undefined) {
    return undefined;
  }
  const message = seen(line);
  const [name = '', ...rest] = inside.split(' ');
  const pairs = rest
    .join(' ')
    .split(';')
    .filter((pair) => pair.includes('='));
  const properties = pairs.map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), unescaped(pair.slice(at + 1))] as const;
  });
  const data = message.slice(message.indexOf(']', message.toLowerCase().indexOf('##vso[')) + 1);
  return { name, properties: Object.fromEntries(properties), data: unescaped(data) };
}

function unescaped(text: string): string {
  const escapes = { '%3B': ';', '%0D': '\r', '%0A': '\n', '%5D': ']', '%AZP25': '%' };
  return Object.entries(escapes).reduce((done, [from, to]) => done.replaceAll(from, to), text);
}

/** Command.TryParse of the Azure agent; TeamCity's messages have the same form. */
function bracketed(text: string, prefix: string): string | undefined {
  const message = seen(text);
  const at = message.toLowerCase().indexOf(prefix);
  const end = at < 0 ? -1 : message.indexOf(']', at);
  return end < 0 ? undefined : message.slice(at + prefix.length, end);
}
