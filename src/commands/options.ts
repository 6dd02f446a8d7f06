import type { CommandSpec } from './command.js';

/** An option of a command line: `--name`, or `--name VALUE`. */
export interface OptionSpec {
  readonly name: string;
  /** As the help shows it, such as `--skip <part>`. */
  readonly term: string;
  readonly description: string;
  readonly takesValue: boolean;
  /** May be given more than once; its value is a list. */
  readonly repeats: boolean;
}

/** Options of every command that talks to a Hub. */
const hubOptions: CommandSpec['options'] = {
  '--api-url <url>': "the Hub's API, such as https://hub.example.com:8181 (ONIFY_API_URL)",
  '--token-file <file>': 'holds the authorization header value; - is stdin (ONIFY_API_TOKEN)',
  '--app-url <url>': 'the web app, for links (ONIFY_APP_URL)',
  '--ca-file <file>': 'certificates to trust besides the usual ones (ONIFY_CA_FILE)',
  '--insecure': 'do not check certificates (ONIFY_INSECURE=1)',
  '--timeout <seconds>': 'for each request, default 30 (ONIFY_TIMEOUT)',
};

/** Options of every command. */
const commonOptions: CommandSpec['options'] = {
  '--dotenv <file>': 'read settings from this file in place of .env',
  '--json': 'one JSON document on stdout, everything else on stderr',
  '--verbose': 'show each request, and where a failure came from',
};

/** @returns all options of a command, its own first; without a command those that every one takes */
export function optionsOf(command: CommandSpec | undefined): readonly OptionSpec[] {
  const all = { ...command?.options, ...(command?.usesHub && hubOptions), ...commonOptions };
  return Object.entries(all).map(([flags, description]) => {
    const [, name = '', value, dots] = /^--([\w-]+)( <.+>)?(\.\.\.)?$/.exec(flags) ?? [];
    const term = `--${name}${value ?? ''}`;
    return { name, term, description, takesValue: value !== undefined, repeats: dots === '...' };
  });
}

/** @returns what an option is called in code: `dry-run` is `dryRun`, and `no-browser` sets `browser` to false */
export function optionKey(name: string): string {
  return name.replace(/^no-/, '').replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}
