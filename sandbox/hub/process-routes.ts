import { type Answer, type Call, json, parsedBody, type Route } from '../net/call.js';
import type { HubModes } from './modes.js';
import { recordOf, type StoredProcess, statusOf } from './process.js';
import { found, notFound, refusal } from './routes.js';
import { armStart, type Schedules } from './schedules.js';
import type { Workflows } from './workflows.js';

/** What the endpoints of processes work on. */
interface ProcessParts {
  readonly workflows: () => Workflows;
  readonly schedules: Schedules;
  readonly modes: HubModes;
  /** Puts the stand-in's address where Fortnox's stands. */
  readonly shown: (text: string) => string;
}

/** @returns the endpoints that start processes, and tell how they stand */
export function processRoutes({
  workflows,
  schedules,
  modes,
  shown,
}: ProcessParts): Record<string, Route> {
  const start: Route = ({ body, headers }, { key = '' }) => {
    const user = headers.authorization ?? '';
    if (!workflows().has(key)) {
      return refusal(404, 'Not Found', `No workflow ${key}`);
    }
    if (!workflows().mayRun(key, user)) {
      return refusal(403, 'Forbidden', 'Insufficient scope');
    }
    const requested = body === '' ? {} : parsedBody(body);
    if (requested === null || typeof requested !== 'object') {
      return refusal(400, 'Bad Request', 'The body must be an object');
    }
    const { title, input } = requested as { title?: unknown; input?: unknown };
    const more = typeof title === 'string' ? { title } : {};
    const hub = { workflows: workflows(), schedules };
    const waiting = modes.schedule === 'nothing' ? undefined : armStart(key, user, hub);
    const { id } = waiting ?? hub.workflows.start(key, { input }, user, more).process;
    return json({ id }, 201);
  };
  const one =
    (show: (process: StoredProcess) => unknown): Route =>
    ({ headers }: Call, { id = '' }): Answer => {
      const process = workflows().processOf(id, headers.authorization ?? '');
      if (!process) {
        return notFound();
      }
      const answer = json(show(process) ?? {});
      return { ...answer, body: shown(answer.body) };
    };
  return {
    'POST /my/processes/start/:key': start,
    'POST /admin/processes/start/:key': start,
    'GET /my/processes/:id/status': one(statusOf),
    'GET /my/processes/:id/output': one(({ output }) => output.output),
    'GET /admin/processes': ({ query }) =>
      json({ records: found(workflows().processes.map(recordOf).reverse(), query) }),
  };
}
