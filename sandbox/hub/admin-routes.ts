import { json, type Route } from '../net/call.js';
import type { ConfigStore } from './config.js';
import type { HubModes } from './modes.js';
import { resourceFile, resourceTree } from './resources.js';
import { notFound, withBody } from './routes.js';

/** What the endpoints of an administrator work on. */
interface AdminParts {
  readonly modes: HubModes;
  readonly config: () => ConfigStore;
  readonly resourcesDir: string;
}

/** @returns the endpoints of config and resources */
export function adminRoutes({ modes, config, resourcesDir }: AdminParts): Record<string, Route> {
  return {
    'POST /setup/database/config/import': (call) =>
      withBody(call, (body) => {
        const result = config().import(body);
        return 'message' in result ? json({ statusCode: 400, ...result }, 400) : json(result);
      }),
    'GET /admin/workflows': ({ query }) => {
      if (!modes.workflowsList) {
        return notFound();
      }
      const found = config()
        .list('workflow')
        .filter((workflow) => JSON.stringify(workflow).includes(query.get('query') ?? ''));
      return json({ records: found.slice(0, Number(query.get('pagesize') ?? 10)) });
    },
    'GET /admin/resources': () =>
      modes.resourcesApi ? json(resourceTree(resourcesDir)) : notFound(),
    'GET /admin/resources/file': ({ query }) => {
      const content = resourceFile(resourcesDir, query.get('path') ?? '');
      return modes.resourcesApi && content
        ? json({ content: content.toString('base64') })
        : notFound();
    },
  };
}
