import { Hono } from 'hono';
import type { FaultDesk } from '../faults.js';
import { type Bindings, faulty } from '../server.js';
import type { ConfigStore } from './config.js';
import type { HubModes } from './modes.js';
import { resourceFile, resourceTree } from './resources.js';
import type { SettingsStore, Written } from './settings.js';
import type { Workflows } from './workflows.js';

/** What the Hub's API works on. */
export interface HubParts {
  readonly token: string;
  readonly modes: HubModes;
  readonly settings: () => SettingsStore;
  readonly config: () => ConfigStore;
  readonly workflows: () => Workflows;
  readonly resourcesDir: string;
  readonly faults: FaultDesk;
  /** Puts the stand-in's address where Fortnox's stands, so that no click reaches the real one. */
  readonly shown: (text: string) => string;
}

const DEFAULT_TIMEOUT = 60;

/** @returns the Hub's API below /api/v2, as far as public sources describe it, and no further */
export function hubApp(parts: HubParts): Hono<Bindings> {
  const app = new Hono<Bindings>();
  app.use(faulty('hub', parts.faults));
  app.use(async (context, next) => {
    if (context.req.header('authorization') === parts.token) {
      return next();
    }
    return context.json(
      { statusCode: 401, error: 'Unauthorized', message: 'Missing or wrong authentication' },
      401,
    );
  });
  const api = app.basePath('/api/v2');
  settingsRoutes(api, parts);
  adminRoutes(api, parts);
  runRoute(api, parts);
  app.notFound((context) =>
    context.json({ statusCode: 404, error: 'Not Found', message: 'Not Found' }, 404),
  );
  return app;
}

function settingsRoutes(api: Hono<Bindings>, { settings }: HubParts): void {
  const answer = (written: Written) =>
    'setting' in written
      ? Response.json({ key: written.setting.key })
      : Response.json(
          { statusCode: written.status, message: written.message },
          { status: written.status },
        );
  api.get('/my/config/settings', (context) =>
    context.json(settings().map(context.req.query('tag'))),
  );
  api.get('/my/config/settings/:key', (context) => {
    const record = settings().record(context.req.param('key'));
    return record
      ? context.json(record)
      : context.json({ statusCode: 404, message: 'Not found' }, 404);
  });
  api.post('/admin/config/settings', async (context) =>
    answer(settings().post(await context.req.json())),
  );
  api.put('/admin/config/settings/:key', async (context) =>
    answer(settings().put(context.req.param('key'), await context.req.json())),
  );
}

function adminRoutes(api: Hono<Bindings>, { config, modes, resourcesDir }: HubParts): void {
  api.post('/setup/database/config/import', async (context) => {
    const result = config().import(await context.req.json());
    return 'message' in result
      ? context.json({ statusCode: 400, ...result }, 400)
      : context.json(result);
  });
  api.get('/admin/workflows', (context) => {
    if (!modes.workflowsList) {
      return context.notFound();
    }
    const query = context.req.query('query') ?? '';
    const size = Number(context.req.query('pagesize') ?? 10);
    const found = config()
      .list('workflow')
      .filter((workflow) => JSON.stringify(workflow).includes(query));
    return context.json({ records: found.slice(0, size) });
  });
  api.get('/admin/resources', (context) =>
    modes.resourcesApi ? context.json(resourceTree(resourcesDir)) : context.notFound(),
  );
  api.get('/admin/resources/file', (context) => {
    if (!modes.resourcesApi) {
      return context.notFound();
    }
    const content = resourceFile(resourcesDir, context.req.query('path') ?? '');
    if (!content) {
      return context.json({ statusCode: 404, message: 'Not found' }, 404);
    }
    return context.json({ content: content.toString('base64') });
  });
}

function runRoute(api: Hono<Bindings>, { workflows, shown }: HubParts): void {
  api.post('/my/workflows/run/:key', async (context) => {
    const key = context.req.param('key');
    if (!workflows().has(key)) {
      return context.json({ statusCode: 404, message: `No workflow ${key}` }, 404);
    }
    const text = await context.req.text();
    const run = workflows().run(key, { input: text === '' ? undefined : JSON.parse(text) });
    const seconds = Number(context.req.query('timeout') ?? DEFAULT_TIMEOUT);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), seconds * 1000);
    });
    // A run that takes too long goes on; only its caller is no longer waited for.
    const result = await Promise.race([run, late]);
    clearTimeout(timer);
    if (!result) {
      return context.json({ statusCode: 504, message: 'The workflow did not end in time' }, 504);
    }
    if (!result.ok) {
      const message = result.error?.message ?? '';
      return context.json(
        { statusCode: 500, message: 'The workflow failed', error: { message } },
        500,
      );
    }
    const body = JSON.stringify({
      output: result.output.output,
      status: { statuskey: 'complete' },
    });
    return context.body(shown(body), 200, { 'content-type': 'application/json' });
  });
}
