import { run } from './asks.js';
import { CLIENT, START } from './flow-world.js';
import type { Answers, Call, Run } from './harness.js';
import { refusal, SECRET, Settings, secondsFromStart, storedToken } from './world.js';

const REFRESH = 'fortnox-refresh-access-token';
const ACTIVATE = 'fortnox-generate-access-token';
const CODE = { code: SECRET.code, redirectURI: 'http://localhost:2022' };
const proven = { client_credentials_proven: secondsFromStart(-3600) };
const opaque = { tenant_id: null };
/** The first write is lost on its way, so that the store is looked at. */
const lostWrite: Answers = { 'save-token': [{ kind: 'cut-before' }, 'passes'] };
const needsPerson = { statusCode: 502, body: { error: { message: 'Why it failed. [refused]' } } };

const company = {
  statusCode: 200,
  body: { CompanyInformation: { CompanyName: 'Provbolaget AB', DatabaseNumber: 1234 } },
};

/** A run whose calls are written down. */
export interface Scenario {
  readonly flow: string;
  readonly name: string;
  /** The stored token: as `storedToken()`, changed; undefined: there is none. */
  readonly token: Record<string, unknown> | undefined;
  readonly answers?: Answers;
  readonly input?: Record<string, unknown>;
}

/** Runs in which every service task makes every kind of call that it can make. */
export const scenarios: readonly Scenario[] = [
  { flow: REFRESH, name: 'by its refresh token', token: {} },
  { flow: REFRESH, name: 'by client credentials', token: proven, answers: lostWrite },
  { flow: REFRESH, name: 'of an unknown company', token: opaque, input: { scheduled: true } },
  { flow: REFRESH, name: 'without a token', token: undefined },
  { flow: ACTIVATE, name: 'with a code', token: undefined, input: CODE, answers: lostWrite },
  {
    flow: ACTIVATE,
    name: 'with a company that is found out',
    token: {},
    input: CODE,
    answers: { 'ask-fortnox:company': company },
  },
  {
    flow: ACTIVATE,
    name: 'without client credentials',
    token: {},
    input: CODE,
    answers: { 'ask-fortnox:client': refusal('invalid_grant') },
  },
  { flow: 'fortnox-disconnect', name: 'of a connection', token: {}, answers: lostWrite },
  {
    flow: 'fortnox-disconnect',
    name: 'without a refresh token',
    token: { refresh_token: null },
  },
  { flow: 'fortnox-disconnect', name: 'of nothing', token: undefined },
  { flow: 'fortnox-connection-status', name: 'of a connection', token: {} },
  { flow: 'fortnox-connection-status', name: 'of nothing', token: undefined },
  {
    flow: 'fortnox-generate-activation-url',
    name: 'for two scopes',
    token: {},
    input: { redirectURI: 'http://localhost:2022', scopes: 'customer invoice' },
  },
  {
    flow: 'fortnox-refresh-schedule',
    name: 'of a connection that is lost',
    token: {},
    answers: { 'run-refresh': needsPerson, 'send-mail': { statusCode: 200, body: {} } },
  },
];

/** Runs one. @returns the run, and its part of calls.txt */
export async function runScenario(scenario: Scenario): Promise<{ done: Run; part: string }> {
  const { flow, name, token, answers, input = {} } = scenario;
  const settings = new Settings(token && storedToken(token));
  settings.change({ _fortnox_alert_email: 'ops@example.com' });
  const done = await run(flow, settings.answers(answers), { input });
  return { done, part: `# ${flow}, ${name}\n\n${sectionsOf(done).join('\n')}` };
}

/** The calls of a run, the same call once. */
function sectionsOf({ calls }: Run): string[] {
  return [...new Set(calls.map(sectionOf))];
}

function sectionOf({ task, connector, input }: Call): string {
  const lines = Object.entries(input).flatMap(([name, value]) => linesOf(name, value));
  return `${task} (${connector})\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

/** An option a line: text as it is, anything else as JSON, so that `true` and "true" are told apart. */
function linesOf(name: string, value: unknown): string[] {
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).flatMap(([key, inner]) => linesOf(`${name}.${key}`, inner));
  }
  return [`${name}: ${plain(JSON.stringify(value) ?? 'undefined')}`];
}

function plain(text: string): string {
  const basic = Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64');
  const names: readonly (readonly [string, string])[] = [
    [basic, '<client id:client secret>'],
    [SECRET.freshAccess, '<new access token>'],
    [SECRET.freshRefresh, '<new refresh token>'],
    [SECRET.access, '<access token>'],
    [SECRET.refresh, '<refresh token>'],
    [SECRET.code, '<code>'],
    [SECRET.client, '<client secret>'],
  ];
  const told = names.reduce((so, [secret, name]) => so.replaceAll(secret, name), text);
  return told.replaceAll(/2026-0\d-\d\dT[\d:.]+Z/g, (time) => {
    const seconds = Math.round((Date.parse(time) - START) / 1000);
    return `<start${seconds === 0 ? '' : ` ${seconds > 0 ? '+' : '-'} ${Math.abs(seconds)} s`}>`;
  });
}
