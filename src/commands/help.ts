import { wrapped } from '../core/text.js';
import type { CommandSpec } from './command.js';
import { optionsOf } from './options.js';

const PROGRAM = 'fortnox-blueprint';

const GUIDE = [
  `"${PROGRAM} <command> --help" tells what a command takes.`,
  'Exit codes: 0 done, 2 usage, 3 validation failed, 4 not authorised, 5 Hub not reachable, 6 refused, 7 stopped part-way, 8 needs attention, 130 interrupted.',
  'Settings come from flags, then the environment, then .env.',
];

/** What a line of a list says: a term and what it means. */
type Item = readonly [term: string, meaning: string];

const HELP: Item = ['-h, --help', 'show this help'];

/** The fewest columns in which meanings stand beside their terms; below, they stand under them. */
const MIN_MEANING_COLUMNS = 36;

/**
 * @param command the one that is asked about; without one the program is
 * @param commands all that there are
 * @param columns where to break lines
 * @returns the help, with a line break at its end
 */
export function helpText(
  command: CommandSpec | undefined,
  commands: readonly CommandSpec[],
  columns: number,
): string {
  const parts = command ? helpOf(command, columns) : overview(commands, columns);
  return `${parts.join('\n\n')}\n`;
}

function overview(commands: readonly CommandSpec[], columns: number): string[] {
  return [
    wrapped(`Usage: ${PROGRAM} <command> [options]`, columns, 7),
    wrapped('Puts the Fortnox blueprint into an Onify Hub and keeps Fortnox connected.', columns),
    list(
      'Commands',
      commands.map(({ name, summary }) => [name, summary]),
      columns,
    ),
    list('Options', [['-V, --version', 'show the version'], HELP], columns),
    GUIDE.map((line) => wrapped(line, columns)).join('\n'),
  ];
}

function helpOf(command: CommandSpec, columns: number): string[] {
  const { name, description, argument, examples } = command;
  const options = optionsOf(command).map((option): Item => [option.term, option.description]);
  // A shell reads on where a line ends in a backslash.
  const shown = examples.map((example) =>
    wrapped(`  ${example}`, columns - ' \\'.length, 6).replaceAll('\n', ' \\\n'),
  );
  return [
    wrapped(
      `Usage: ${PROGRAM} ${name} ${argument ? `${argument.name} ` : ''}[options]`,
      columns,
      7,
    ),
    wrapped(description, columns),
    ...(argument ? [list('Arguments', [[argument.name, argument.description]], columns)] : []),
    list('Options', [...options, HELP], columns),
    `Examples:\n${shown.join('\n')}`,
  ];
}

function list(title: string, items: readonly Item[], columns: number): string {
  const width = Math.max(...items.map(([term]) => term.length));
  const isNarrow = columns - width - 4 < MIN_MEANING_COLUMNS;
  const lines = items.map(([term, meaning]) =>
    isNarrow
      ? `  ${term}\n${wrapped(`      ${meaning}`, columns)}`
      : wrapped(`  ${term.padEnd(width)}  ${meaning}`, columns, width + 4),
  );
  return [`${title}:`, ...lines].join('\n');
}
