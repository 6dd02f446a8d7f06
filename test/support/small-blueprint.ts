import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Blueprint, digestOf, type ShippedFile } from '../../src/blueprint/load.js';
import { ResourcesDir } from '../../src/install/files.js';
import { type Desired, makePlan, type Plan } from '../../src/install/plan.js';
import type { HubState } from '../../src/install/read-hub.js';
import { renderRecord } from '../../src/install/record.js';
import type { Target } from '../../src/install/target.js';
import { clientOf, type Scripted, type Seen, scripted } from '../hub/world.js';
import { testContext } from './context.js';

/** @returns a file as a blueprint ships it */
export function shipped(path: string, text: string): ShippedFile {
  const content = Buffer.from(text);
  return { path, content, digest: digestOf(content) };
}

/** A blueprint of two files, a form and a workflow. */
export const small: Blueprint = {
  files: [shipped('/scripts/a.js', 'script'), shipped('/flows/a.bpmn', 'flow')],
  config: { form: [{ slug: 'form' }], workflow: [{ key: 'flow', role: ['admin'] }] },
  configDigest: 'digest of config.json',
};

/** The address by which a record knows the Hub of a test. */
export const HUB = 'https://hub.example.com/api/v2';

/** @returns the install record of a blueprint; an empty digest: nothing was imported */
export function recordOf(
  blueprint: Blueprint = small,
  config: string = blueprint.configDigest,
  version = '1.0.0',
): Buffer {
  const hubs = config === '' ? {} : { [HUB]: { version, config } };
  return renderRecord(blueprint, { version, hubs });
}

/** What a Hub with nothing in it shows, whose resources can't be read through it. */
const emptyHub: HubState = {
  settings: new Map(),
  readFile: () => undefined,
  shownRecord: undefined,
  shown: undefined,
  workflows: [],
  forms: [],
};

/** @returns the plan that puts the small blueprint into a Hub, by default an empty one */
export function planFor(current: Partial<HubState> = {}, desired: Partial<Desired> = {}): Plan {
  const values = { clientId: 'an-id', clientSecret: 'a-secret' };
  const rest = {
    blueprint: small,
    version: '1.0.0',
    values,
    hasConfig: true,
    hub: HUB,
    isForced: false,
  };
  return makePlan({ ...emptyHub, ...current }, { ...rest, ...desired });
}

/** A Hub that answers as a test says, and a new folder for its resources. */
export async function targetOf(
  answer: (request: Seen, count: number) => Scripted = () => ({ body: {} }),
) {
  const { url, seen } = await scripted(answer);
  const folder = mkdtempSync(join(tmpdir(), 'fortnox-target-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const context = testContext();
  const hub = clientOf(url, context);
  const target: Target = { hub, dir: ResourcesDir.open(folder, []), waitMs: 0, context };
  return { target, folder, seen, context };
}
