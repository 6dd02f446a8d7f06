import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox, SandboxOptions } from '../../sandbox/sandbox.js';
import { run } from '../../src/commands/uninstall.js';
import type { CommandInput } from '../../src/options/input.js';
import { type CommandEnd, runCommand, type TestContext, testContext } from '../support/context.js';
import { environmentOf } from '../support/hub.js';
import { hub } from './run-install.js';

/** Uninstalls this package's blueprint from a Hub, in this process, without asking. */
export async function uninstall(
  sandbox: Sandbox,
  options: CommandInput['options'] = {},
  env: Readonly<Record<string, string>> = environmentOf(sandbox),
): Promise<CommandEnd & { readonly context: TestContext }> {
  const context = testContext({ env, packageRoot: join(import.meta.dirname, '../..') });
  return { ...(await runCommand(run, { yes: true, ...options }, context)), context };
}

/** A Hub that someone else uses too: with a setting, a form and a workflow of their own. */
export async function usedHub(modes: SandboxOptions['modes'] = {}): Promise<Sandbox> {
  const sandbox = await hub({ modes });
  const other = { key: '_other', name: 'other', value: 'x', type: 'string', category: 'custom' };
  sandbox.settings().post({ ...other, tag: ['other'], role: ['admin'] });
  sandbox.config().import({
    form: [{ slug: 'other-form', title: 'Other' }],
    workflow: [{ key: 'other-flow', name: 'Other', bpmnresource: '/flows/other.bpmn' }],
  });
  return sandbox;
}

/** @returns what a Hub has stored and what its resources directory holds, byte for byte */
export function everything({ dataDir, resourcesDir }: Sandbox): Record<string, string> {
  return { ...filesOf(dataDir, /^(settings|config)\.json$/), ...filesOf(resourcesDir, /./) };
}

function filesOf(folder: string, isMeant: RegExp): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    names
      .filter((name) => isMeant.test(name))
      .map((name) => {
        const path = join(folder, name);
        return [path, statSync(path).isDirectory() ? 'folder' : readFileSync(path, 'latin1')];
      }),
  );
}
