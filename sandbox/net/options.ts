import { readFileSync } from 'node:fs';
import type { Side } from './call.js';
import { faultList } from './fault-list.js';
import type { FaultOrder } from './faults.js';
import { type Latency, readLatency } from './latency.js';
import type { Tls } from './tls.js';

/** The options of what lies between callers and servers, for `parseArgs`. */
export const netOptions = {
  latency: { type: 'string' },
  'hub-latency': { type: 'string' },
  'fortnox-latency': { type: 'string' },
  fault: { type: 'string', multiple: true },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'plain-http': { type: 'string', default: 'closed' },
  clock: { type: 'string', default: '0' },
  calls: { type: 'boolean', default: false },
} as const;

/** What `--help` says of them. */
export const NET_HELP = `What lies between, for the Hub and for Fortnox:

  --latency MS[:JITTER]       every call takes so many milliseconds, and up to JITTER more, by chance
  --hub-latency MS[:JITTER]   the same for the Hub's alone
  --fortnox-latency MS[:JITTER]  the same for Fortnox's alone
  --fault "SIDE FAULT"        orders a fault, once for each time that the option is given; SIDE is hub or fortnox; FAULT
                              is JSON, such as {"kind": "answer", "status": 503, "path": "/api", "times": 3}, or one of:
${folded(faultList.map(({ name }) => name))}
  --tls-cert FILE             the Hub's API speaks https, with this certificate in PEM
  --tls-key FILE              and this key
  --plain-http HOW            what such a port answers to plain HTTP: closed (default), which cuts the connection;
                              nginx-400, nginx's page; or redirect, which leads to https
  --clock SECONDS             both clocks begin so far ahead (default 0)
  --calls                     prints each call on stderr, without headers and bodies
`;

/** What lies between, as it was asked for. */
interface Net {
  readonly latency: Partial<Record<Side, Latency>>;
  readonly faults: readonly FaultOrder[];
  readonly clockSeconds: number;
  readonly tls?: Tls | undefined;
}

/**
 * Reads them from the command line.
 *
 * @param values what `parseArgs` gave
 * @throws Error with a sentence when a value is not what its option takes
 */
export function readNetOptions(values: Readonly<Record<string, unknown>>): Net {
  const latencyOf = (side: Side): Partial<Record<Side, Latency>> => {
    const option = typeof values[`${side}-latency`] === 'string' ? `${side}-latency` : 'latency';
    const text = values[option];
    return typeof text === 'string' ? { [side]: readLatency(text, `--${option}`) } : {};
  };
  const clockSeconds = Number(values.clock);
  if (!Number.isFinite(clockSeconds)) {
    throw new Error(`--clock takes seconds, not "${values.clock}".`);
  }
  const faults = Array.isArray(values.fault) ? values.fault.map(String) : [];
  return {
    latency: { ...latencyOf('hub'), ...latencyOf('fortnox') },
    faults: faults.map(readFault),
    clockSeconds,
    tls: readTls(values),
  };
}

function readTls(values: Readonly<Record<string, unknown>>): Tls | undefined {
  const { 'tls-cert': cert, 'tls-key': key, 'plain-http': plainHttp } = values;
  if (plainHttp !== 'closed' && plainHttp !== 'nginx-400' && plainHttp !== 'redirect') {
    throw new Error(`--plain-http takes closed, nginx-400 or redirect, not "${plainHttp}".`);
  }
  if (typeof cert !== typeof key) {
    throw new Error('--tls-cert and --tls-key go together.');
  }
  return typeof cert === 'string' && typeof key === 'string'
    ? { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8'), plainHttp }
    : undefined;
}

function readFault(text: string): FaultOrder {
  const [, side, fault = ''] = /^(hub|fortnox)\s+(.+)$/s.exec(text) ?? [];
  if (side !== 'hub' && side !== 'fortnox') {
    throw new Error(`--fault takes "hub FAULT" or "fortnox FAULT", not "${text}".`);
  }
  const listed = faultList.find(({ name }) => name === fault);
  if (listed) {
    const { at: _, ...order } = listed;
    return { side, ...order };
  }
  const order = fault.startsWith('{') ? orderIn(fault) : undefined;
  if (!order) {
    throw new Error(`--fault does not know "${fault}". --help has the list.`);
  }
  return { kind: 'answer', ...order, side };
}

function orderIn(text: string): Partial<FaultOrder> | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function folded(names: readonly string[]): string {
  const lines: string[] = [''];
  for (const name of names) {
    const last = lines.at(-1) ?? '';
    if (last.length + name.length > 84) {
      lines.push(name);
    } else {
      lines[lines.length - 1] = last === '' ? name : `${last} · ${name}`;
    }
  }
  return lines.map((line) => `${' '.repeat(30)}${line}`).join('\n');
}
