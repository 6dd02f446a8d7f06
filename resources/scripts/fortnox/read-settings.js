/*
 * Copies the blueprint's settings out of the Hub's answer, so that nothing else of it is kept.
 *
 * Runs as:  connector output of a "read settings" task
 * Reads:    statusCode, body          GET /my/config/settings?tag=fortnox: a flat map, stored key to value;
 *                                     or GET /my/config/settings/_fortnox_access_token: one record with a value
 *           environment.output.path   not empty, where the second of the two was asked for
 * Answers:  { ok, statusCode, byKey, clientId, clientSecret, alertEmail, hasToken, token }
 *           ok        the Hub answered with a map or a record; a record that is missing (404) is an answer as well
 *           hasToken  the setting of the token is there, even if it is empty
 *           token     the stored record with every field brought to its type, or null when it is none.
 *                     Older blueprints stored it as a JSON string, without a tenant id, with numbers as text.
 * Fails:    never
 */
const KEY = '_fortnox_access_token';
const text = (value) => (typeof value === 'string' && value !== '' ? value : null);
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const time = (value) => (Number.isNaN(Date.parse(value)) ? null : new Date(value).toISOString());
const count = (value) => (Number.isSafeInteger(value) && value > 0 ? value : 0);

// The tenant id is a claim of the access token, a JWT. It is only read here, Fortnox is the one who checks it.
const tenantOf = (accessToken) => {
  try {
    const claims = JSON.parse(Buffer.from(accessToken.split('.')[1], 'base64').toString('utf8'));
    return text(String(claims.tenantId ?? ''));
  } catch (_notAJwt) {
    return null;
  }
};

const parsed = (value) => {
  try {
    return JSON.parse(value);
  } catch (_notJson) {
    return null;
  }
};

const stored = (value) => {
  const record = typeof value === 'string' ? parsed(value) : value;
  if (!isObject(record)) {
    return null;
  }
  const accessToken = text(record.access_token);
  const seconds = Number(record.expires_in);
  const tenant =
    typeof record.tenant_id === 'number' ? String(record.tenant_id) : text(record.tenant_id);
  return {
    access_token: accessToken,
    refresh_token: text(record.refresh_token),
    scope: text(record.scope) || '',
    token_type: text(record.token_type) || 'bearer',
    expires_in: Number.isFinite(seconds) && seconds > 0 ? seconds : 0,
    timestamp: time(record.timestamp),
    tenant_id: tenant || (accessToken ? tenantOf(accessToken) : null),
    // Without a time of its own, the refresh token came with the access token.
    refresh_token_timestamp: time(record.refresh_token_timestamp) || time(record.timestamp),
    refresh_token_rejected: time(record.refresh_token_rejected),
    client_credentials_proven: time(record.client_credentials_proven),
    client_credentials_rejected: time(record.client_credentials_rejected),
    // Records of the manual blueprint and of 0.1.0 have no counters: they are older than any that has.
    connection: count(record.connection),
    rotation: count(record.rotation),
    company: text(record.company),
    connected_at: time(record.connected_at),
  };
};

const isMap = isObject(body);
const isByKey = !!environment.output.path && !(isMap && Object.hasOwn(body, KEY));
const isSuccess = isMap && statusCode >= 200 && statusCode < 300;
const settings = isMap && !isByKey ? body : {};
const value = isByKey && isSuccess ? body.value : settings[KEY];

next(null, {
  ok: isSuccess || (isByKey && statusCode === 404),
  statusCode: statusCode,
  byKey: isByKey,
  clientId: text(settings._fortnox_app_clientid),
  clientSecret: text(settings._fortnox_app_clientsecret),
  alertEmail: text(settings._fortnox_alert_email),
  hasToken: isSuccess && value !== undefined && value !== null,
  token: isSuccess ? stored(value) : null,
});
