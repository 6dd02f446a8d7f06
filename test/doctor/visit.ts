import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.js';
import { examine } from '../../src/doctor/doctor.js';
import { HubProber, type Prober } from '../../src/hub/prober.js';
import type { Connection } from '../../src/options/connection.js';
import { type TestContext, testContext } from '../support/context.js';

/** How a visit differs from the usual: reading alone, as an administrator, with the Hub's own directory. */
interface Changes {
  readonly context?: TestContext;
  readonly triesWrites?: boolean;
  readonly connection?: Partial<Connection>;
  /** Puts something between the doctor and its requests. */
  readonly between?: (prober: Prober) => Prober;
}

/** Lets the doctor look at an embedded Hub. @returns what it found, and how many requests it took */
export async function visit(sandbox: Sandbox, changes: Changes = {}) {
  const { context = testContext(), triesWrites = false, between = (prober) => prober } = changes;
  const connection: Connection = {
    apiUrl: sandbox.apiUrl,
    token: sandbox.token,
    appUrl: sandbox.appUrl,
    ca: undefined,
    insecure: false,
    timeoutMs: 5000,
    ...changes.connection,
  };
  const real = new HubProber(connection, context);
  onTestFinished(() => real.close());
  const { resourcesDir } = sandbox;
  const prober = between(real);
  const report = await examine({ prober, connection, context, resourcesDir, triesWrites });
  return { ...report, requests: real.requests };
}

/** @returns the keys of the scratch settings that a Hub holds, by what it has stored */
export function scratchKeys({ dataDir }: Sandbox): string[] {
  const stored = readFileSync(join(dataDir, 'settings.json'), 'utf8');
  return (JSON.parse(stored) as { key: string }[])
    .map(({ key }) => key)
    .filter((key) => key.startsWith('_fortnox_doctor_'));
}
