import { type AppModes, usualAppModes } from './modes.js';

type Choice = readonly [first: string, second: string];

/** The modes that are one of two, by the option that chooses. */
const CHOICES: Readonly<Record<string, readonly [mode: keyof AppModes, values: Choice]>> = {
  'app-help': ['fieldInHelp', ['escaped', 'raw']],
  'app-link': ['fieldInUrl', ['literal', 'resolved']],
  'app-checkbox': ['checkbox', ['boolean', 'text']],
  'app-status': ['processStatus', ['hidden', 'shown']],
  'app-role': ['role', ['admin', 'user']],
};

/** The web app's options, for `parseArgs`. */
export const appOptions = {
  'app-port': { type: 'string' },
  'app-help': { type: 'string', default: 'escaped' },
  'app-link': { type: 'string', default: 'literal' },
  'app-checkbox': { type: 'string', default: 'boolean' },
  'app-status': { type: 'string', default: 'hidden' },
  'app-role': { type: 'string', default: 'admin' },
  'app-language': { type: 'string' },
  'app-login': { type: 'boolean', default: false },
} as const;

/** What `--help` says of them. */
export const APP_HELP = `  --app-port N                the web app's port (default 3000; any free one where --port is 0)

How the web app behaves where no public source says how a real one does:

  --app-help HOW              a field's value in a helpText: escaped (default) or raw
  --app-link HOW              {field} in the url of a link: literal (default) or resolved
  --app-checkbox HOW          what a flow gets from a checkbox: boolean (default) or text
  --app-status HOW            the process's own status beside its milestones: hidden (default) or shown
  --app-role ROLE             the role of whoever looks: admin (default) or user
  --app-language L            the language in the user's record, such as sv (default: none there)
  --app-login                 nothing is shown before a login
`;

/**
 * Reads the modes of the web app from the command line.
 *
 * @param values what `parseArgs` gave
 * @throws Error with a sentence when a value is not one of those that an option takes
 */
export function readAppModes(values: Readonly<Record<string, unknown>>): AppModes {
  const chosen = Object.entries(CHOICES).map(([option, [mode, allowed]]) => {
    const value = values[option];
    if (typeof value !== 'string' || !allowed.includes(value)) {
      throw new Error(`--${option} takes ${allowed.join(' or ')}, not "${String(value)}".`);
    }
    return [mode, value];
  });
  return {
    ...usualAppModes,
    ...(Object.fromEntries(chosen) as Partial<AppModes>),
    login: values['app-login'] === true ? 'required' : 'none',
    language: typeof values['app-language'] === 'string' ? values['app-language'] : undefined,
  };
}
