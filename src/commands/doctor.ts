import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Context } from '../core/context.js';
import { ConfigError } from '../core/errors.js';
import { ExitCode } from '../core/exit-codes.js';
import { examine } from '../doctor/doctor.js';
import { checkLines } from '../doctor/lines.js';
import { nameHub } from '../hub/name.js';
import { HubProber } from '../hub/prober.js';
import { configLookup, connectionOf } from '../options/connection.js';
import { type CommandInput, textOption } from '../options/input.js';
import { resourcesDirOf } from '../options/install.js';
import type { CommandResult } from './command.js';

/** Learns a Hub before anything is written to it, and says what would stand in the way. */
export async function run(input: CommandInput, context: Context): Promise<CommandResult<'doctor'>> {
  const find = configLookup(input, context);
  const connection = await connectionOf(input, context, find);
  const resourcesDir = resourcesDirOf(input, context, find);
  const file = textOption(input, 'profile');
  nameHub(connection, context);
  const prober = new HubProber(connection, context);
  try {
    context.output.progress('Asking the Hub');
    const triesWrites = input.options.tryWrites === true;
    const visit = { prober, connection, context, resourcesDir, triesWrites };
    const { checks, profile, next } = await examine(visit);
    // Of a Hub that could not be asked nothing was learnt.
    const isLearnt = checks.some(({ id, state }) => id === 'settings' && state === 'ok');
    if (file !== undefined && isLearnt) {
      writeProfile(resolve(context.cwd, file), `${JSON.stringify(profile, null, 2)}\n`);
    }
    const isHealthy = !checks.some(({ state }) => state === 'attention');
    return {
      exitCode: isHealthy ? ExitCode.done : ExitCode.attention,
      json: { checks, profile, requests: prober.requests },
      lines: [
        ...checkLines(checks, next),
        ...(file === undefined || !isLearnt ? [] : [`What was learnt is in ${file}.`]),
      ],
    };
  } finally {
    await prober.close();
  }
}

// Beside it and renamed, so that a profile that is there is never half of one.
function writeProfile(path: string, text: string): void {
  const beside = `${path}.new`;
  try {
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    const hint = 'Give a file in a folder that you may write to.';
    const message = `The profile cannot be written to ${path}.`;
    throw new ConfigError('profile_not_writable', message, hint, error);
  }
}
