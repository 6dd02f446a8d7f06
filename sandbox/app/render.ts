import { existsSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import type { Answer } from '../net/call.js';
import { elementsOfPage } from './element.js';
import type { AppModes } from './modes.js';

// Views and assets are not compiled, so they lie beside the source alone.
const SOURCE = [import.meta.dirname, join(import.meta.dirname, '../../../sandbox/app')].find(
  (folder) => existsSync(join(folder, 'views')),
);
const VIEWS = join(SOURCE ?? '', 'views');
const ASSETS = join(SOURCE ?? '', 'assets');

/** What a template can read. */
interface TemplateLocals {
  readonly form: {
    readonly slug: string;
    readonly queryparam: Readonly<Record<string, string>>;
    readonly items: readonly unknown[];
  };
  /** What was submitted; on the result page alone. */
  readonly submit?: Readonly<Record<string, unknown>>;
  /** The process whose result a page shows. */
  readonly processId?: string;
}

/** Renders the Hub's pages. */
export interface Renderer {
  /** @returns a form or its result; @throws Error when the template is missing or is not valid Pug */
  template(path: string, locals: TemplateLocals): Promise<string>;
  /** @returns one of the web app's own pages */
  view(name: 'message' | 'login', locals: Readonly<Record<string, unknown>>): Promise<string>;
}

/**
 * Makes the renderer, on the real pug. `/views` is the web app's own, all else comes from the Hub's resources, and
 * nothing from outside of the two.
 *
 * @param resourcesDir the Hub's resources
 * @param modes how the pages behave where that is open
 */
export function renderer(resourcesDir: string, modes: AppModes): Renderer {
  const fileOf = (path: string) =>
    path.startsWith('/views/')
      ? join(VIEWS, path.slice('/views'.length))
      : join(resourcesDir, path);
  const pathOf = (file: string) => {
    const inViews = relative(VIEWS, file).split(sep).join('/');
    return inViews.startsWith('..')
      ? `/${relative(resourcesDir, file).split(sep).join('/')}`
      : `/views/${inViews}`;
  };
  const files = {
    resolve(name: string, source: string) {
      const named = /\.\w+$/.test(name) ? name : `${name}.pug`;
      return fileOf(posix.resolve(posix.dirname(pathOf(source)), named));
    },
    read: (file: string) => readFileSync(file, 'utf8'),
  };
  const render = async (path: string, locals: object) => {
    const { compile } = await import('pug');
    const filename = fileOf(posix.resolve('/', path));
    const source = readFileSync(filename, 'utf8');
    return compile(source, { filename, plugins: [files] })({
      ...locals,
      modes,
      prepared: elementsOfPage(),
    });
  };
  const user = { key: modes.role, ...(modes.language && { language: modes.language }) };
  return {
    template: (path, locals) => render(path, { ...locals, user, t: (text: unknown) => text }),
    view: (name, locals) => render(`/views/${name}.pug`, locals),
  };
}

/** @returns a file that pages load, or undefined where there is none of that name */
export function asset(name: string): Answer | undefined {
  const type = { 'form.js': 'text/javascript', 'app.css': 'text/css' }[name];
  if (type === undefined) {
    return undefined;
  }
  const headers = { 'content-type': `${type}; charset=utf-8` };
  return { status: 200, headers, body: readFileSync(join(ASSETS, name), 'utf8') };
}
