import { type Context, Hono } from 'hono';
import type { ConfigStore } from '../hub/config.js';
import type { Workflows } from '../hub/workflows.js';
import type { Bindings } from '../server.js';
import { guarded, loginRoutes } from './guard.js';
import type { AppModes } from './modes.js';
import { FormProcesses, stateOf } from './processes.js';
import { asset, renderer } from './render.js';

/** What the web app works on. */
export interface AppParts {
  /** The Hub's API, with the version; the app passes calls on to it, and adds the token. */
  readonly apiUrl: () => string;
  readonly token: string;
  readonly modes: AppModes;
  readonly config: () => ConfigStore;
  readonly workflows: () => Workflows;
  readonly resourcesDir: string;
  /** Puts the stand-in's address where Fortnox's stands. */
  readonly shown: (text: string) => string;
  /** What the login takes, where there is one. */
  readonly password: string;
}

interface Form {
  readonly slug: string;
  readonly title?: string;
  readonly role?: readonly string[];
  readonly template: { readonly form: string; readonly result: string };
  readonly process: { readonly workflow: string };
}

/**
 * Makes the Hub's web app: forms at /form/<slug>, what they submit, and the page of the result. The path of that page
 * is the sandbox's own; no public source names the real one.
 */
export function webApp(parts: AppParts): Hono<Bindings> {
  const app = new Hono<Bindings>();
  const pages = renderer(parts.resourcesDir, parts.modes);
  const processes = new FormProcesses();
  const message = async (context: Context<Bindings>, status: 403 | 404, text: string) =>
    context.html(await pages.view('message', { title: 'Not possible', text }), status);
  const isAllowed = ({ role = [] }: { role?: readonly string[] }) =>
    role.length === 0 || role.includes(parts.modes.role);
  const formOf = (slug: string) => parts.config().get('form', slug) as Form | undefined;

  app.use(guarded);
  app.get('/assets/:name', (context) => {
    const found = asset(context.req.param('name'));
    return found
      ? context.body(found.body, 200, { 'content-type': `${found.type}; charset=utf-8` })
      : context.notFound();
  });
  loginRoutes(app, parts.modes, pages, parts.password);
  app.get('/', (context) => {
    const text = 'Forms are at /form/ and their slug, such as /form/fortnox-activate.';
    return message(context, 404, text);
  });

  app.get('/form/:slug', async (context) => {
    const form = formOf(context.req.param('slug'));
    if (!form) {
      return message(context, 404, 'There is no form of this name. Install the blueprint first.');
    }
    if (!isAllowed(form)) {
      return message(context, 403, 'Your user may not open this form.');
    }
    const { slug, template } = form;
    const queryparam = context.req.query();
    return context.html(
      await pages.template(template.form, { form: { slug, queryparam, items: [] } }),
    );
  });

  app.post('/form/:slug', async (context) => {
    const form = formOf(context.req.param('slug'));
    if (!form || !isAllowed(form)) {
      return message(context, form ? 403 : 404, 'Your user may not use this form.');
    }
    const submit = submitted(await context.req.formData(), parts.modes);
    const id = processes.start(
      { slug: form.slug, workflow: form.process.workflow },
      submit,
      (key, variables, onEvent) => parts.workflows().run(key, variables, false, onEvent),
    );
    return context.redirect(`/process/${id}`, 303);
  });

  app.get('/process/:id', async (context) => {
    const process = processes.get(context.req.param('id'));
    const form = process && formOf(process.slug);
    if (!process || !form || !isAllowed(form)) {
      return message(context, 404, 'There is no process of this name.');
    }
    const { id, slug, submit } = process;
    const locals = { form: { slug, queryparam: {}, items: [] }, submit, processId: id };
    return context.html(await pages.template(form.template.result, locals));
  });

  app.get('/process/:id/state', (context) => {
    const process = processes.get(context.req.param('id'));
    if (!process) {
      return context.json({ statusCode: 404, message: 'Not found' }, 404);
    }
    const body = parts.shown(JSON.stringify(stateOf(process)));
    return context.body(body, 200, { 'content-type': 'application/json' });
  });

  app.post('/api/v2/my/workflows/run/:key', async (context) => {
    const key = context.req.param('key');
    const workflow = parts.config().get('workflow', key) ?? {};
    if (!isAllowed(workflow)) {
      const text = 'Your user may not run this workflow';
      return context.json({ statusCode: 403, error: 'Forbidden', message: text }, 403);
    }
    const { search } = new URL(context.req.url);
    const answer = await fetch(
      `${parts.apiUrl()}/my/workflows/run/${encodeURIComponent(key)}${search}`,
      {
        method: 'POST',
        headers: { authorization: parts.token, 'content-type': 'application/json' },
        body: await context.req.text(),
      },
    );
    return new Response(await answer.text(), {
      status: answer.status,
      headers: { 'content-type': answer.headers.get('content-type') ?? 'application/json' },
    });
  });
  return app;
}

/** @returns what was filled in, by field; a checkbox is true or false, or the text of it, as the mode says */
function submitted(data: FormData, { checkbox }: AppModes): Record<string, unknown> {
  const fields = [...data.entries()].filter(([name]) => name !== '_checkbox');
  const ticks = data.getAll('_checkbox').map((name) => {
    const isTicked = data.get(String(name)) === 'true';
    return [String(name), checkbox === 'boolean' ? isTicked : String(isTicked)];
  });
  return { ...Object.fromEntries(fields), ...Object.fromEntries(ticks) };
}
