import { ConfigError } from '../core/errors.js';
import { ExitCode } from '../core/exit-codes.js';
import type { CommandInput } from '../options/input.js';
import type { Command, CommandResult } from './command.js';
import {
  type Completable,
  type CompletableOption,
  completable,
  type Values,
} from './completable.js';

const NAME = 'fortnox-blueprint';

const shells: Readonly<Record<string, (all: readonly Completable[]) => string>> = {
  bash,
  zsh,
  fish,
};

/** Prints what a shell needs to complete commands, options and values. */
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

function bash(all: readonly Completable[]): string {
  const values = all.flatMap(({ name, options }) =>
    options.flatMap((option) =>
      option.values ? [`    '${name} ${option.flag}') ${bashValues(option.values)} ;;`] : [],
    ),
  );
  const rest = all.map(({ name, options, values: own = 'text' }) => {
    const flags = options.map(({ flag }) => flag).join(' ');
    return `      ${name}) options='${flags}'; ${bashValues(own)} ;;`;
  });
  return `# ${NAME} completion bash >> ~/.bashrc
_fortnox_blueprint() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} words= options= files=
  # An equals sign is a word of its own here.
  if [ "$word" = = ]; then word=; elif [ "$before" = = ]; then before=\${COMP_WORDS[COMP_CWORD-2]}; fi
  if [ "$COMP_CWORD" -eq 1 ]; then
    words='${all.map(({ name }) => name).join(' ')}'
  else
    case "\${COMP_WORDS[1]} $before" in
${values.join('\n')}
    *)
      case \${COMP_WORDS[1]} in
${rest.join('\n')}
      esac ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words $options" -- "$word"))
  if [ -n "$files" ]; then
    local IFS=$'\\n'
    COMPREPLY+=($(compgen "$files" -- "$word"))
    compopt -o filenames 2> /dev/null
  fi
}
complete -F _fortnox_blueprint ${NAME}`;
}

function bashValues(values: Values): string {
  if (typeof values === 'object') {
    return `words='${values.join(' ')}'`;
  }
  return { file: 'files=-f', dir: 'files=-d', text: ':' }[values];
}

function zsh(all: readonly Completable[]): string {
  const quoted = (text: string) => text.replaceAll("'", "'\\''").replaceAll(/[[\]:]/g, '\\$&');
  const action = (values: Values) =>
    typeof values === 'object'
      ? `:value:(${values.join(' ')})`
      : { file: ':file:_files', dir: ':folder:_files -/', text: ':value:' }[values];
  const option = ({ flag, description, repeats, values }: CompletableOption) =>
    `'${repeats ? '*' : ''}${flag}${values ? '=' : ''}[${quoted(description)}]${values ? action(values) : ''}'`;
  const list = all.map(({ name, summary }) => `    '${name}:${quoted(summary)}'`);
  const cases = all.map(({ name, options, values }) => {
    const specs = [...options.map(option), ...(values ? [`'1${action(values)}'`] : [])];
    return `    ${name}) _arguments ${specs.join(' ')} ;;`;
  });
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
  shift words
  (( CURRENT-- ))
  case \${words[1]} in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = _${NAME} ]; then
  _fortnox_blueprint "$@"
else
  compdef _fortnox_blueprint ${NAME}
fi`;
}

function fish(all: readonly Completable[]): string {
  const quoted = (text: string) => text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  const folders = "'(__fish_complete_directories (commandline -ct))'";
  const action = (values: Values) =>
    typeof values === 'object'
      ? ` -x -a '${values.join(' ')}'`
      : { file: ' -r -F', dir: ` -x -a ${folders}`, text: ' -x' }[values];
  const lines = all.flatMap(({ name, summary, options, values }) => {
    const inCommand = `complete -c ${NAME} -n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c ${NAME} -n __fish_use_subcommand -a ${name} -d '${quoted(summary)}'`,
      ...options.map(
        (option) =>
          `${inCommand} -l ${option.flag.slice(2)}${option.values ? action(option.values) : ''} -d '${quoted(option.description)}'`,
      ),
      ...(values ? [`${inCommand}${action(values).replace(' -x', '')}`] : []),
    ];
  });
  return [
    `# ${NAME} completion fish > ~/.config/fish/completions/${NAME}.fish`,
    `complete -c ${NAME} -f`,
    ...lines,
  ].join('\n');
}
