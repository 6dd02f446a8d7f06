/*
 * Copies the blueprint's settings out of the Hub's answer, so that nothing else of it is kept.
 *
 * Runs as:  connector output of a "read settings" task
 * Reads:    statusCode, body     GET /my/config/settings?tag=fortnox: a flat map, stored key to value
 * Answers:  { of: 'read-settings', ok, statusCode, clientId, clientSecret, token }
 *           ok      the Hub answered with a map
 *           token   the stored token with every field brought to its type, or null when there is none.
 *                   Older blueprints stored it as a JSON string, without a tenant id, with numbers as text.
 * Fails:    never
 */
const text = (value) => (typeof value === 'string' && value !== '' ? value : null);

// The tenant id is a claim of the access token, a JWT. It is only read here, Fortnox is the one who checks it.
const tenantOf = (accessToken) => {
  try {
    const claims = JSON.parse(Buffer.from(accessToken.split('.')[1], 'base64').toString('utf8'));
    return text(
      String(claims.tenantId === undefined || claims.tenantId === null ? '' : claims.tenantId),
    );
  } catch (_notAJwt) {
    return null;
  }
};

const stored = (value) => {
  let record = value;
  if (typeof value === 'string') {
    try {
      record = JSON.parse(value);
    } catch (_notJson) {
      return null;
    }
  }
  if (record === null || typeof record !== 'object' || Array.isArray(record)) {
    return null;
  }
  const accessToken = text(record.access_token);
  const refreshToken = text(record.refresh_token);
  const seconds = Number(record.expires_in);
  let tenant =
    typeof record.tenant_id === 'number' ? String(record.tenant_id) : text(record.tenant_id);
  if (!tenant && accessToken) {
    tenant = tenantOf(accessToken);
  }
  if (!accessToken && !refreshToken && !tenant) {
    return null;
  }
  return {
    access_token: accessToken,
    refresh_token: refreshToken,
    scope: text(record.scope) || '',
    token_type: text(record.token_type) || 'bearer',
    expires_in: Number.isFinite(seconds) && seconds > 0 ? seconds : 0,
    timestamp: Number.isNaN(Date.parse(record.timestamp))
      ? null
      : new Date(record.timestamp).toISOString(),
    tenant_id: tenant,
    refresh_token_timestamp: text(record.refresh_token_timestamp) || text(record.timestamp),
    refresh_token_rejected: text(record.refresh_token_rejected),
  };
};

const isMap = body !== null && typeof body === 'object' && !Array.isArray(body);
const settings = isMap ? body : {};

next(null, {
  of: 'read-settings',
  ok: isMap && statusCode >= 200 && statusCode < 300,
  statusCode: statusCode,
  clientId: text(settings._fortnox_app_clientid),
  clientSecret: text(settings._fortnox_app_clientsecret),
  token: stored(settings._fortnox_access_token),
});
