/*
 * Judges what Fortnox answered to a token call, and makes the record that is to be stored.
 *
 * Runs as:  script task, after a call of https://apps.fortnox.se/oauth-v1/token
 * Reads:    environment.output.happened   { statusCode, retryAfter, body } or { error: { code, message } }
 *           environment.output.work       .asked (refresh, client or code), .requestedAt, .base (the token before)
 * Answers:  environment.output.go         { fresh: true } or { wait: true }
 *           environment.output.work       .fresh (the record) or .last (what went wrong), .wait, .grants
 * Fails:    never
 *
 * Fortnox labels its JSON errors text/html and text/plain, so the body is read whatever it is called, and the
 * field `error` decides, never its description. A refused token is told apart from a call whose outcome is
 * unknown: only the first may ever lead to "activate again".
 */
const LONGEST_WAIT = 8;

const output = environment.output;
const happened = output.happened || {};
const work = output.work;
const tried = work.grants[work.asked];
delete output.happened;
delete work.request;

const text = (value) => (typeof value === 'string' && value.trim() !== '' ? value : null);

const parsed = (body) => {
  if (typeof body !== 'string') {
    return body;
  }
  try {
    return JSON.parse(body);
  } catch (_notJson) {
    return null;
  }
};

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

// The record as it is stored, or null when the answer holds no token that can be used and kept.
const record = (answer) => {
  if (answer === null || typeof answer !== 'object') {
    return null;
  }
  // A new activation may be for another company: nothing of the one before is carried over.
  const base = (work.asked !== 'code' && work.base) || {};
  const accessToken = text(answer.access_token);
  const refreshToken = text(answer.refresh_token);
  if (!accessToken || (!refreshToken && work.asked !== 'client')) {
    return null;
  }
  const seconds = Number(answer.expires_in);
  const made = {
    access_token: accessToken,
    refresh_token: refreshToken || base.refresh_token || null,
    scope: text(answer.scope) || base.scope || '',
    token_type: text(answer.token_type) || 'bearer',
    // An hour is what Fortnox documents. A fresh pair is not thrown away for want of this number.
    expires_in: Number.isFinite(seconds) && seconds > 0 ? seconds : 3600,
    timestamp: work.requestedAt,
    tenant_id: tenantOf(accessToken) || base.tenant_id || null,
    refresh_token_timestamp: refreshToken ? work.requestedAt : base.refresh_token_timestamp || null,
  };
  // Marked, a dead refresh token is not tried first at every refresh to come.
  const wasRefused = work.grants.refresh && work.grants.refresh.refused > 0;
  const mark =
    base.refresh_token_rejected || (wasRefused && base.refresh_token ? work.requestedAt : null);
  if (!refreshToken && mark) {
    made.refresh_token_rejected = mark;
  }
  return made;
};

const kindOf = (statusCode, error) => {
  if (!statusCode || statusCode >= 500 || statusCode === 408 || statusCode === 429) {
    return 'temporary';
  }
  if (statusCode < 300) {
    return 'temporary';
  }
  if (error === 'error_missing_license' || error === 'error_missing_app_license') {
    return 'licence';
  }
  if (error === 'invalid_grant') {
    return 'refused';
  }
  // Fortnox knows this client: it has just answered its refresh token. So it is this grant that it refuses.
  const isKnown = work.grants.refresh && work.grants.refresh.refused > 0;
  if (work.asked === 'client' && error && isKnown) {
    return 'refused';
  }
  if (error === 'invalid_client' || error === 'unauthorized_client') {
    return 'client';
  }
  return 'unexpected';
};

const secondsToWait = (kind) => {
  const asked = Number(happened.retryAfter);
  if (Number.isFinite(asked) && asked > 0) {
    return Math.min(Math.ceil(asked), LONGEST_WAIT);
  }
  return kind === 'temporary' ? Math.min(2 ** (tried.temporary - 1), LONGEST_WAIT) : 1;
};

const answer = parsed(happened.body);
const fresh = happened.statusCode >= 200 && happened.statusCode < 300 ? record(answer) : null;

if (fresh) {
  work.fresh = fresh;
  output.go = { fresh: true };
} else {
  const error = answer !== null && typeof answer === 'object' ? text(answer.error) : null;
  const kind = kindOf(happened.statusCode, error);
  if (kind === 'refused') {
    tried.refused += 1;
    tried.refusedAt = Date.now();
  } else if (kind === 'temporary') {
    tried.temporary += 1;
  } else {
    tried.denied += 1;
  }
  const failed = happened.error || {};
  tried.last = {
    kind: kind,
    statusCode: happened.statusCode || null,
    error: error || text(failed.code),
  };
  work.wait = 'PT' + secondsToWait(kind) + 'S';
  output.go = { wait: true };
}
next();
