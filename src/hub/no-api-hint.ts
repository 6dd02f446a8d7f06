/**
 * Says what to check where an address answers, and is not that of an API. Which it is, the path or the port, shows the
 * address itself: where none but the API's own path was given, only the port can be wrong.
 *
 * @param apiUrl ends in `/api/v2`
 */
export function noApiHint(apiUrl: string): string {
  const { origin, pathname } = new URL(apiUrl);
  const prefix = pathname.replace(/\/api\/v2$/, '');
  return prefix === ''
    ? 'Something else answers at this port: check the port in --api-url; the API usually listens on 8181.'
    : `Check the path ${prefix} in --api-url: most Hubs have none, and ${origin} is all that is to be given; then the port.`;
}
