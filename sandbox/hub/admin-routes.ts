import { json, type Route } from '../net/call.js';
import type { ConfigStore } from './config.js';
import { resourceFile, resourceTree } from './resources.js';
import { found, notFound, withBody } from './routes.js';

/** What the endpoints of an administrator work on. */
interface AdminParts {
  readonly config: () => ConfigStore;
  /** The folder that the Hub reads. */
  readonly resourcesDir: string;
  /** The commits of the Git repository that the Hub is synced from, the newest first. */
  readonly history: () => readonly unknown[];
  /** Told the keys of workflows that were imported. */
  readonly onImport: (keys: readonly string[]) => void;
  /** Told the mail that is to be sent; nothing leaves the machine. */
  readonly onMail: (mail: Readonly<Record<string, unknown>>) => void;
}

/** @returns the endpoints of config, resources and mail */
export function adminRoutes(parts: AdminParts): Record<string, Route> {
  const { config, resourcesDir } = parts;
  const remove =
    (collection: string): Route =>
    (_call, { key = '' }) =>
      config().remove(collection, key) ? json({ key }) : notFound();
  return {
    'POST /setup/database/config/import': (call) => withBody(call, (body) => imported(parts, body)),
    'GET /setup/database/config/export': () => json(config().export()),
    'GET /admin/workflows': ({ query }) =>
      json({ records: found(config().list('workflow'), query) }),
    'DELETE /admin/workflows/:key': remove('workflow'),
    'DELETE /admin/forms/:key': remove('form'),
    'GET /admin/resources': () => json(resourceTree(resourcesDir)),
    'GET /admin/resources/file': ({ query }) => {
      const content = resourceFile(resourcesDir, query.get('path') ?? '');
      return content ? json({ content: content.toString('base64') }) : notFound();
    },
    'GET /admin/resources/history': () => json(parts.history()),
    'POST /tools/sendmail': (call) => withBody(call, (mail) => sent(parts, mail)),
  };
}

function imported({ config, onImport }: AdminParts, body: Record<string, unknown>) {
  const result = config().import(body);
  if ('message' in result) {
    return json({ statusCode: 400, ...result }, 400);
  }
  const { workflow = [] } = body as { workflow?: { key: string }[] };
  onImport(workflow.map(({ key }) => key));
  return json(result);
}

function sent({ onMail }: AdminParts, mail: Record<string, unknown>): ReturnType<typeof json> {
  const missing = ['to', 'subject', 'text'].find((name) => typeof mail[name] !== 'string');
  if (missing !== undefined) {
    return json(
      { statusCode: 400, error: 'Bad Request', message: `"${missing}" is required` },
      400,
    );
  }
  onMail(mail);
  return json({ sent: true });
}
