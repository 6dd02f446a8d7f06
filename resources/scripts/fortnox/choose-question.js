/*
 * Decides what to ask Fortnox for: first the tokens for the code, then whose they are and if client credentials work.
 *
 * Runs as:  script task, after each look at the settings
 * Reads:    environment.variables.submit (from the form) or .input (from a run): .replaceCompany, true (or "true")
 *             where the company that is connected may be another one
 *           environment.output.brought    the code that was checked (check-consent.js)
 *           environment.output.happened   what the last look gave (read-settings.js, or the error of the call)
 *           environment.output.work       what this run knows so far; this script begins it
 *           environment.output.startedAt  when the run began
 * Answers:  environment.output.go         { ask | wait | answer: true }
 *           environment.output.work       .asked and .request for the call, .wait for the timer
 * Fails:    where there is no way to exchange the code, or another company; then environment.output holds .failure for
 *           explain.js, and no secret. What is asked after the tokens are stored never fails the activation.
 */
const SECOND = 1000;
// How long a look at the settings takes at most, with the steps around it.
const READ = 6 * SECOND;
const CALL_TIMEOUT = 15 * SECOND;
// A run ends within 45 s, the save of an activation takes up to 20 of them.
const LAST_READ = 30 * SECOND;
const LAST_EXCHANGE = 16.5 * SECOND;
const LAST_QUESTION = 25 * SECOND;
const MAX_TEMPORARY = 3;
const MAX_READS = 24;

const output = environment.output;
const look = output.happened || { ok: false };
const given = environment.variables.submit || environment.variables.input || {};
const now = Date.now();
const work = output.work || {
  startedAt: output.startedAt || now,
  at: output.startedAt || now,
  planned: READ,
  reads: 0,
  readFailures: 0,
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
work.replaceCompany = given.replaceCompany === true || given.replaceCompany === 'true';

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

const ask = (name, timeout, request) => {
  work.asked = name;
  work.requestedAt = new Date(now).toISOString();
  work.request = Object.assign({ timeout: { request: Math.round(timeout) } }, request);
  work.planned = timeout + READ;
  go('ask');
};

const askForToken = (name, timeout, form, headers) =>
  ask(name, timeout, {
    url: 'https://apps.fortnox.se/oauth-v1/token',
    method: 'POST',
    form: form,
    headers: Object.assign(
      {
        accept: 'application/json',
        authorization:
          'Basic ' + Buffer.from(look.clientId + ':' + look.clientSecret).toString('base64'),
      },
      headers,
    ),
  });

const askForCompany = (accessToken) =>
  ask('company', 8 * SECOND, {
    url: 'https://api.fortnox.se/3/companyinformation',
    method: 'GET',
    headers: { accept: 'application/json', authorization: 'Bearer ' + accessToken },
  });

// The tokens are stored. Whatever is asked from here on, the connection stands.
const learn = () => {
  const { fresh, grants } = work;
  if (elapsed > LAST_QUESTION || !look.clientSecret) {
    return go('answer');
  }
  if (work.proof) {
    return askForCompany(work.proof.access_token);
  }
  if (fresh.tenant_id && !grants.proof) {
    return askForToken(
      'proof',
      8 * SECOND,
      { grant_type: 'client_credentials' },
      { TenantId: fresh.tenant_id },
    );
  }
  return fresh.tenant_id || grants.company ? go('answer') : askForCompany(fresh.access_token);
};

const exchange = () => {
  const tried = work.grants.code || { refused: 0, temporary: 0 };
  if (tried.last?.kind === 'refused') {
    return fail({ kind: 'code-refused', isDoubtful: tried.temporary > 0 });
  }
  if (
    tried.refused > 1 ||
    tried.temporary >= MAX_TEMPORARY ||
    elapsed > LAST_EXCHANGE ||
    work.reads > MAX_READS
  ) {
    return fail(Object.assign({ kind: 'too-late' }, tried.last, tried.isSent && { sent: 'code' }));
  }
  const left = (work.waitUntil || 0) - now;
  work.waitUntil = 0;
  if (left > 0 && left <= 8 * SECOND) {
    return waitFor(left);
  }
  work.base = look.token;
  askForToken('code', CALL_TIMEOUT, {
    grant_type: 'authorization_code',
    code: output.brought.code,
    redirect_uri: output.brought.redirectURI,
  });
};

const unreadable = () => {
  work.readFailures += 1;
  if (look.statusCode === 401 || look.statusCode === 403) {
    work.readsForbidden = (work.readsForbidden || 0) + 1;
  }
  if (work.readsForbidden > 1 || elapsed > LAST_READ || work.reads > MAX_READS) {
    return fail({
      kind: work.asked ? 'hub-went-away' : 'settings-unreadable',
      statusCode: look.statusCode || null,
      error: look.error?.code,
    });
  }
  return waitFor(Math.min(work.readFailures, 4) * SECOND);
};

const start = () => {
  if (output.saved) {
    return learn();
  }
  if (work.other) {
    return fail({
      kind: 'other-company',
      stored: work.base.tenant_id,
      requested: work.fresh.tenant_id,
    });
  }
  if (!look.ok) {
    return unreadable();
  }
  if (!work.asked && output.brought.madeAt <= Date.parse(look.token?.connected_at)) {
    return fail({ kind: 'state-used' });
  }
  if (look.byKey) {
    Object.assign(look, work.client);
  }
  if (!look.clientId || !look.clientSecret) {
    // Lists have gaps: three in a row are believed.
    work.withoutSettings = (work.withoutSettings || 0) + 1;
    return work.withoutSettings > 2 ? fail({ kind: 'settings-missing' }) : waitFor(SECOND);
  }
  work.withoutSettings = 0;
  if (/^[*•]+$/.test(look.clientSecret)) {
    return fail({ kind: 'settings-masked' });
  }
  // One answer that lacks the token is not believed: a list can be behind, and a lost tag hides it.
  if (!look.hasToken && !look.byKey && !work.withoutToken) {
    work.withoutToken = true;
    output.path = '/_fortnox_access_token';
    work.client = { clientId: look.clientId, clientSecret: look.clientSecret };
    return waitFor(SECOND);
  }
  output.path = '';
  delete work.client;
  if (work.unknown) {
    return work.grants.company
      ? fail({ kind: 'unknown-company', stored: work.base.tenant_id })
      : askForCompany(work.fresh.access_token);
  }
  exchange();
};

start();
