import { ConfigError } from '../core/errors.js';
import { ExitCode } from '../core/exit-codes.js';
import type { CommandInput } from '../options/input.js';
import type { Command, CommandResult } from './command.js';
import { optionsOf } from './options.js';

const NAME = 'fortnox-blueprint';

interface Completable {
  readonly name: string;
  readonly summary: string;
  /** Long options with what they do. */
  readonly options: readonly { readonly flag: string; readonly description: string }[];
}

const shells: Readonly<Record<string, (all: readonly Completable[]) => string>> = {
  bash,
  zsh,
  fish,
};

/** Prints what a shell needs to complete commands and options. */
export async function run(
  input: CommandInput,
  _context: unknown,
  commands: readonly Command[],
): Promise<CommandResult<'completion'>> {
  const [shell = ''] = input.arguments;
  const script = Object.hasOwn(shells, shell) ? shells[shell] : undefined;
  if (!script) {
    throw new ConfigError(
      'shell_unknown',
      'There is no completion for that shell.',
      `There is one for ${Object.keys(shells).join(', ')}: ${NAME} completion bash.`,
    );
  }
  const text = script(commands.map(completable));
  return {
    exitCode: ExitCode.done,
    json: { shell, script: text },
    lines: text.split('\n'),
    isVerbatim: true,
  };
}

function completable(command: Command): Completable {
  const { name, summary } = command;
  const options = optionsOf(command).map((option) => ({
    flag: `--${option.name}`,
    description: option.description,
  }));
  return { name, summary, options };
}

function bash(all: readonly Completable[]): string {
  const cases = all.map(
    ({ name, options }) => `    ${name}) words="${options.map(({ flag }) => flag).join(' ')}" ;;`,
  );
  return `# ${NAME} completion bash >> ~/.bashrc
_fortnox_blueprint() {
  local word=\${COMP_WORDS[COMP_CWORD]} words
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${all.map(({ name }) => name).join(' ')}"
  else
    case \${COMP_WORDS[1]} in
${cases.join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _fortnox_blueprint ${NAME}`;
}

function zsh(all: readonly Completable[]): string {
  const quoted = (text: string) => text.replaceAll("'", "'\\''").replaceAll(/[[\]:]/g, '\\$&');
  const list = all.map(({ name, summary }) => `    '${name}:${quoted(summary)}'`);
  const cases = all.map(
    ({ name, options }) =>
      `    ${name}) _arguments ${options.map(({ flag, description }) => `'${flag}[${quoted(description)}]'`).join(' ')} '*:file:_files' ;;`,
  );
  return `#compdef ${NAME}
# ${NAME} completion zsh > "\${fpath[1]}/_${NAME}"
_fortnox_blueprint() {
  local -a commands=(
${list.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  case \${words[2]} in
${cases.join('\n')}
  esac
}
compdef _fortnox_blueprint ${NAME}`;
}

function fish(all: readonly Completable[]): string {
  const quoted = (text: string) => text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  const lines = all.flatMap(({ name, summary, options }) => [
    `complete -c ${NAME} -n __fish_use_subcommand -f -a ${name} -d '${quoted(summary)}'`,
    ...options.map(
      ({ flag, description }) =>
        `complete -c ${NAME} -n '__fish_seen_subcommand_from ${name}' -l ${flag.replace(/^--/, '')} -d '${quoted(description)}'`,
    ),
  ]);
  return [`# ${NAME} completion fish > ~/.config/fish/completions/${NAME}.fish`, ...lines].join(
    '\n',
  );
}
