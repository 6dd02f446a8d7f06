/*
 * Checks what the person brought back from Fortnox, and decides what to ask Fortnox for: first the tokens for the code;
 * then, once these are stored, whose connection it is and whether client credentials work for it.
 *
 * Runs as:  script task, after each look at the settings
 * Reads:    environment.variables.submit (from the form) or .input (from a run):
 *             code            the bare code, or the whole address that Fortnox redirected to
 *             redirectURI     as it was used for the activation URL
 *             activationUrl   an address of Fortnox; its state must come back in a whole address. A run needs it with
 *                             one, and checks a bare code's state itself
 *             state           from the form: what Fortnox brought beside a bare code
 *             companyChecked  from the form, true (or "true"): the person approved it, and saw the company. Needed
 *                             where no state that this Hub has sealed comes with the code
 *             replaceCompany  true (or "true"): the company that is connected may be another one
 *           environment.output.happened   what the last look gave (read-settings.js, or the error of the call)
 *           environment.output.work       what this run knows so far; this script begins it
 *           environment.output.startedAt  when the run began
 * Answers:  environment.output.go         { ask | wait | answer: true }
 *           environment.output.work       .asked and .request for the call, .wait for the timer
 * Fails:    where there is no code, none that was asked for here, no way to exchange it, or another company; then environment.output holds .failure
 *           for explain.js, and no secret. What is asked after the tokens are stored never fails the activation.
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
// From making the activation URL to bringing the code.
const STATE_LIFE = 3600 * SECOND;

// What Fortnox sends in place of a code, as live integrations have recorded it.
const REFUSALS = {
  access_denied:
    'The access was not approved in Fortnox. Generate a new activation URL and approve it.',
  invalid_scope:
    'Fortnox does not know one of the scopes, or the app may not use it. Correct the scopes and generate a new activation URL.',
  error_missing_license:
    'The company has no licence for this integration in Fortnox. A system administrator of the company must add it first.',
  error_missing_app_license:
    'The company has no licence for this integration in Fortnox. A system administrator of the company must add it first.',
  error_missing_system_admin_right:
    'Only a system administrator of the company in Fortnox can approve this. Have one of them open a new activation URL.',
};

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
if (work.at !== undefined) {
  const passed = now - work.at;
  work.startedAt += passed - Math.min(Math.max(passed, 0), work.planned);
}
work.at = now;
const elapsed = Math.max(0, now - work.startedAt);
delete output.happened;
work.reads += 1;
work.lookedAt = output.lookedAt || now;
const isTicked = (value) => value === true || value === 'true';
work.replaceCompany = isTicked(given.replaceCompany);

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

const trimmed = (value) => (typeof value === 'string' ? value.trim() : '');

const decoded = (value) => {
  try {
    return decodeURIComponent(value.replace(/\+/g, ' '));
  } catch (_notEncoded) {
    return value;
  }
};

const parameters = (address) => {
  const found = {};
  const query = (address.split('#')[0] || '').split('?').slice(1).join('?');
  query.split('&').forEach((pair) => {
    const at = pair.indexOf('=');
    if (at > 0) {
      found[decoded(pair.slice(0, at))] = decoded(pair.slice(at + 1));
    }
  });
  return found;
};

// What a form brings proves nothing by itself. A state that this Hub has sealed does: build-activation-url.js made it.
const canSeal = () => {
  try {
    return decrypt(encrypt('fortnox', 'hex'), 'hex') === 'fortnox';
  } catch (_cannotEncrypt) {
    return false;
  }
};

// When a state was made on this Hub, in milliseconds; 0 where it was not.
const sealedAt = (state) => {
  try {
    return Number(
      (/^fortnox-activation (\d{12,15}) \S+$/.exec(decrypt(state, 'hex')) || [])[1] || 0,
    );
  } catch (_notOurs) {
    return 0;
  }
};

const unusable = (message) => ({ failure: { kind: 'input', message: message } });
const because = (kind) => ({ failure: { kind: kind } });

// Whether what a form brought was asked for on this Hub: { code, madeAt } or { failure }.
const proven = (code, state) => {
  const madeAt = sealedAt(state);
  if (madeAt) {
    return now - madeAt > STATE_LIFE ? because('state-expired') : { code: code, madeAt: madeAt };
  }
  if (state !== '' && canSeal()) {
    return because('state-foreign');
  }
  return isTicked(given.companyChecked) ? { code: code } : because('code-unconfirmed');
};

// The bare code, with the time at which its state was made where that is known; or why there is none.
const consent = () => {
  const isForm = !!environment.variables.submit;
  const brought = trimmed(given.code);
  const activationUrl = trimmed(given.activationUrl);
  if (brought === '') {
    return unusable('The code is missing. Copy it from the address that Fortnox redirected to.');
  }
  if (activationUrl !== '' && !/^https:\/\/apps\.fortnox\.se\//i.test(activationUrl)) {
    return because('activation-url-foreign');
  }
  if (!/^https?:\/\//i.test(brought)) {
    if (!/^[\x21-\x7e]{4,512}$/.test(brought)) {
      return unusable(
        'This is not a code from Fortnox. Copy it again, without spaces or line breaks.',
      );
    }
    return isForm ? proven(brought, trimmed(given.state)) : { code: brought };
  }
  const answer = parameters(brought);
  if (answer.error) {
    const known = Object.hasOwn(REFUSALS, answer.error);
    const name = answer.error.replace(/[^\w.-]/g, '').slice(0, 60);
    return unusable(
      known
        ? REFUSALS[answer.error]
        : 'Fortnox refused with "' + name + '". Generate a new activation URL and try again.',
    );
  }
  if (!answer.code) {
    return unusable(
      'The address holds no code. Fortnox sends none when the account is locked, for one; check that you can log in to Fortnox, then generate a new activation URL.',
    );
  }
  const state = answer.state || '';
  const expected = parameters(activationUrl).state;
  if (!expected && !(isForm && sealedAt(state))) {
    return unusable(
      'To check a whole address, the activation URL that it belongs to is needed. Generate one, or give the code alone.',
    );
  }
  if (expected && state !== expected) {
    return unusable(
      'This address does not belong to the activation URL: its state is another. Generate a new activation URL and use the address that follows it.',
    );
  }
  return isForm ? proven(answer.code, state) : { code: answer.code };
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

const exchange = (code, redirectURI) => {
  const tried = work.grants.code || { refused: 0, temporary: 0 };
  const isRefusal = tried.last?.kind === 'refused';
  if (isRefusal) {
    return fail({ kind: 'code-refused', isDoubtful: tried.temporary > 0 });
  }
  if (
    tried.refused > 1 ||
    tried.temporary >= MAX_TEMPORARY ||
    elapsed > LAST_EXCHANGE ||
    work.reads > MAX_READS
  ) {
    const sent = tried.isSent ? { sent: 'code' } : {};
    return fail(Object.assign({ kind: 'too-late' }, tried.last, sent));
  }
  const left = (work.waitUntil || 0) - now;
  work.waitUntil = 0;
  if (left > 0 && left <= 8 * SECOND) {
    return waitFor(left);
  }
  work.base = look.token;
  askForToken('code', CALL_TIMEOUT, {
    grant_type: 'authorization_code',
    code: code,
    redirect_uri: redirectURI,
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
  const redirectURI = trimmed(given.redirectURI);
  if (!/^https?:\/\/[^\s#@]+$/i.test(redirectURI)) {
    return fail({
      kind: 'input',
      message:
        'The redirect URI is missing or is no web address. Give the one that the activation URL was made with.',
    });
  }
  const brought = consent();
  // A run that has asked with a code goes on, even if it takes longer than its state lives.
  if (brought.failure && !work.asked) {
    return fail(brought.failure);
  }
  if (!look.ok) {
    return unreadable();
  }
  if (!work.asked && brought.madeAt <= Date.parse(look.token?.connected_at)) {
    return fail({ kind: 'state-used' });
  }
  if (look.byKey) {
    Object.assign(look, work.client);
  }
  if (!look.clientId || !look.clientSecret) {
    // Lists have gaps: a run that has seen the client before believes three in a row, else two.
    work.withoutSettings = (work.withoutSettings || 0) + 1;
    const isSure = work.withoutSettings > (work.base ? 2 : 1);
    return isSure ? fail({ kind: 'settings-missing' }) : waitFor(SECOND);
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
  exchange(brought.code, redirectURI);
};

start();
