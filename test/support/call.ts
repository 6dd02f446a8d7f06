import type { Sandbox } from '../../sandbox/sandbox.js';

/** What the embedded Hub answered. */
interface Called {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Record<string, unknown>;
}

/**
 * Calls the embedded Hub.
 *
 * @param name method and path below /api/v2, such as `GET /admin/workflows`
 * @param authorization default: that of its administrator
 */
export async function call(
  sandbox: Sandbox,
  name: string,
  body?: unknown,
  authorization = sandbox.token,
): Promise<Called> {
  const [method = '', path = ''] = name.split(' ');
  const response = await fetch(sandbox.apiUrl + path, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : { text };
  return { status: response.status, headers: response.headers, json };
}
