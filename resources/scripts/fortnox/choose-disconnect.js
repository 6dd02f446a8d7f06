/*
 * Decides how the connection is ended: what to revoke at Fortnox, and when there is nothing to do.
 *
 * Runs as:  script task, after each look at the settings
 * Reads:    environment.output.happened   what the last look gave (read-settings.js, or the error of the call)
 *           environment.output.work       what this run knows so far; this script begins it
 *           environment.output.startedAt  when the run began
 * Answers:  environment.output.go         { ask | wait | answer: true }
 *           environment.output.work       .asked and .request for the call, .wait for the timer
 * Fails:    where the settings can't be read, or Fortnox can't be reached; then environment.output holds .failure for
 *           explain.js, and no secret; the stored token is as it was
 */
const SECOND = 1000;
// How long a look at the settings takes at most, with the steps around it.
const READ = 6 * SECOND;
const LAST_READ = 20 * SECOND;
const LAST_CALL = 15 * SECOND;
const MAX_TEMPORARY = 3;
const MAX_READS = 12;

const output = environment.output;
const look = output.happened || { ok: false };
const now = Date.now();
const work = output.work || {
  startedAt: output.startedAt || now,
  at: output.startedAt || now,
  planned: READ,
  reads: 0,
  grants: {},
};
// Only what was planned takes time from a run: not a Hub that was stopped meanwhile, nor another node's clock.
const passed = now - work.at;
work.startedAt += passed - Math.min(Math.max(passed, 0), work.planned);
work.at = now;
const elapsed = Math.max(0, now - work.startedAt);
delete output.happened;
work.reads += 1;
work.lookedAt = output.lookedAt || now;

const go = (where) => {
  output.go = { [where]: true };
  output.work = work;
  next();
};

const waitFor = (milliseconds) => {
  work.wait = 'PT' + Math.max(milliseconds, 0) / SECOND + 'S';
  work.planned = Math.max(milliseconds, 0) + READ;
  go('wait');
};

const fail = (failure) => {
  Object.keys(output).forEach((name) => {
    if (name !== 'state') {
      delete output[name];
    }
  });
  output.failure = failure;
  next(new Error(failure.kind));
};

const start = () => {
  if (!look.ok) {
    return elapsed > LAST_READ || work.reads > MAX_READS
      ? fail({ kind: 'settings-unreadable', statusCode: look.statusCode || null })
      : waitFor(2 * SECOND);
  }
  if (look.byKey) {
    Object.assign(look, work.client);
  } else if (!look.hasToken && !work.withoutToken) {
    work.withoutToken = true;
    output.path = '/_fortnox_access_token';
    work.client = { clientId: look.clientId, clientSecret: look.clientSecret };
    return waitFor(SECOND);
  }
  output.path = '';
  delete work.client;
  const token = look.token || {};
  if (!token.refresh_token && !token.access_token && !token.tenant_id) {
    return go('answer');
  }
  if (!look.clientId || !look.clientSecret) {
    return fail({ kind: 'settings-missing' });
  }
  const tried = work.grants.revoke || { temporary: 0 };
  if (tried.temporary >= MAX_TEMPORARY || elapsed > LAST_CALL) {
    return fail(tried.last || { kind: 'too-late' });
  }
  const left = (work.waitUntil || 0) - now;
  work.waitUntil = 0;
  if (left > 0 && left <= 8 * SECOND) {
    return waitFor(left);
  }
  work.base = token;
  work.asked = 'revoke';
  work.planned = 10 * SECOND + READ;
  work.requestedAt = new Date(now).toISOString();
  work.request = {
    url: 'https://apps.fortnox.se/oauth-v1/revoke',
    method: 'POST',
    timeout: { request: 10 * SECOND },
    // A connection that lives on client credentials alone has no refresh token; then its last token is revoked.
    form: {
      token_type_hint: 'refresh_token',
      token: token.refresh_token || token.access_token || 'none',
    },
    headers: {
      accept: 'application/json',
      authorization:
        'Basic ' + Buffer.from(look.clientId + ':' + look.clientSecret).toString('base64'),
    },
  };
  go('ask');
};

start();
