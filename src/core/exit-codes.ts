/** What the program's exit codes mean; they are a contract with scripts and pipelines. */
export const ExitCode = {
  done: 0,
  bug: 1,
  usage: 2,
  invalid: 3,
  notAuthorised: 4,
  unreachable: 5,
  refused: 6,
  partial: 7,
  attention: 8,
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
