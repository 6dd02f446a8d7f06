import type { FlowEvent, RunResult } from '../engine/run.js';
import { type Answer, type Handler, json, type Route, redirect, router } from '../net/call.js';
import { guarded, login } from './guard.js';
import { explained, html } from './http.js';
import type { AppModes } from './modes.js';
import { FormProcesses, type StartRun, stateOf } from './processes.js';
import { asset, renderer } from './render.js';

/** What the web app works on. */
export interface AppParts {
  /** The Hub's API, with the version; the app passes runs on to it, and adds the token. */
  readonly apiUrl: () => string;
  readonly token: string;
  readonly modes: AppModes;
  readonly resourcesDir: string;
  /** @returns what was imported of this collection under this key or slug */
  readonly imported: (collection: string, key: string) => Record<string, unknown> | undefined;
  /** Runs a workflow in the Hub; told of what happens in it. */
  readonly run: (
    key: string,
    variables: Record<string, unknown>,
    authorization: string,
    onEvent: (event: FlowEvent) => void,
  ) => Promise<RunResult>;
  /** Puts the stand-in's address where Fortnox's stands. */
  readonly shown: (text: string) => string;
  /** Puts Fortnox's address back, in a field that was filled with what was shown. */
  readonly unshown: (text: string) => string;
  /** What the login takes, where there is one. */
  readonly password: string;
}

interface Form {
  readonly slug: string;
  readonly role?: readonly string[];
  readonly template: { readonly form: string; readonly result: string };
  readonly process: { readonly workflow: string };
}

const CHECKBOX = '_checkbox';

/** The field that the form fills with a flow's answer. */
const FILLED_BY_FLOW = 'activationUrl';

/**
 * Makes the Hub's web app: forms at /form/<slug>, what they submit, and the page of the result. The path of that page
 * is the sandbox's own; no public source names the real one.
 */
export function webApp(parts: AppParts): Handler {
  const pages = renderer(parts.resourcesDir, parts.modes);
  const processes = new FormProcesses();
  const run: StartRun = (key, variables, onEvent) =>
    parts.run(key, variables, parts.token, onEvent);
  const door = login(parts.modes, pages, parts.password);
  const message = async (status: number, text: string): Promise<Answer> =>
    html(await pages.view('message', { title: 'Not possible', text }), status);
  const isAllowed = ({ role = [] }: { role?: readonly string[] }) =>
    role.length === 0 || role.includes(parts.modes.role);
  const formOf = (slug = '') => parts.imported('form', slug) as Form | undefined;
  const processOf = (id = '') => {
    const process = processes.get(id);
    const form = formOf(process?.slug);
    return process && form && isAllowed(form) ? { process, form } : undefined;
  };

  const routes: Record<string, Route> = {
    ...door.routes,
    'GET /': () => message(404, 'A form is at /form/ and its slug: /form/fortnox-activate.'),
    'GET /assets/:name': (_call, { name = '' }) => asset(name) ?? message(404, 'No such file.'),
    'GET /form/:slug': async ({ query }, { slug }) => {
      const form = formOf(slug);
      if (!form) {
        return message(404, 'There is no form of this name. Install the blueprint first.');
      }
      if (!isAllowed(form)) {
        return message(403, 'Your user may not open this form.');
      }
      const queryparam = Object.fromEntries(query);
      const locals = { form: { slug: form.slug, queryparam, items: [] } };
      return html(await pages.template(form.template.form, locals));
    },
    'POST /form/:slug': ({ body }, { slug }) => {
      const form = formOf(slug);
      if (!form || !isAllowed(form)) {
        return message(form ? 403 : 404, 'Your user may not use this form.');
      }
      const { workflow } = form.process;
      const submit = submitted(new URLSearchParams(body), parts);
      return redirect(`/process/${processes.start(form.slug, workflow, submit, run)}`);
    },
    'GET /process/:id': async (_call, { id }) => {
      const found = processOf(id);
      if (!found) {
        return message(404, 'There is no process of this name.');
      }
      const { process, form } = found;
      const { submit, id: processId } = process;
      const locals = { form: { slug: form.slug, queryparam: {}, items: [] }, submit, processId };
      return html(await pages.template(form.template.result, locals));
    },
    'GET /process/:id/state': (_call, { id }) => {
      const found = processOf(id);
      if (!found) {
        return json({ statusCode: 404, message: 'Not found' }, 404);
      }
      const answer = json(stateOf(found.process));
      return { ...answer, body: parts.shown(answer.body) };
    },
    'POST /api/v2/my/workflows/run/:key': (call, { key = '' }) => {
      if (isAllowed(parts.imported('workflow', key) ?? {})) {
        return passedOn(parts, `/my/workflows/run/${key}?${call.query}`, call.body);
      }
      const text = 'Your user may not run this workflow';
      return json({ statusCode: 403, error: 'Forbidden', message: text }, 403);
    },
  };
  const handle = router(routes, () => message(404, 'There is nothing at this address.'));
  return guarded(explained((call) => door.stops(call) ?? handle(call)));
}

/** The web app of a Hub without Pug forms: the same shell at every address, and no form. */
export const appWithoutForms: Handler = () =>
  html('<!DOCTYPE html><title>Onify</title><div id="app"></div>', 404);

async function passedOn({ apiUrl, token }: AppParts, path: string, body: string): Promise<Answer> {
  const answer = await fetch(apiUrl() + path, {
    method: 'POST',
    headers: { authorization: token, 'content-type': 'application/json' },
    body,
  });
  const type = answer.headers.get('content-type') ?? 'application/json';
  return { status: answer.status, headers: { 'content-type': type }, body: await answer.text() };
}

/** @returns what was filled in, by field; a checkbox is true or false, or the text of it, as the mode says */
function submitted(
  data: URLSearchParams,
  { modes: { checkbox }, unshown }: AppParts,
): Record<string, unknown> {
  const fields = [...data]
    .filter(([name]) => name !== CHECKBOX)
    .map(([name, value]) => [name, name === FILLED_BY_FLOW ? unshown(value) : value]);
  const ticks = data.getAll(CHECKBOX).map((name) => {
    const isTicked = data.get(name) === 'true';
    return [name, checkbox === 'boolean' ? isTicked : String(isTicked)];
  });
  return { ...Object.fromEntries(fields), ...Object.fromEntries(ticks) };
}
