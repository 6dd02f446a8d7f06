/*
 * Decides how the refresh goes on: which grant to ask Fortnox for, wait and look again, or come to an end.
 *
 * Runs as:  script task, after each look at the settings
 * Reads:    environment.output.happened   what the last look gave (read-settings.js, or the error of the call)
 *           environment.output.work       what this run knows so far; this script begins it
 * Answers:  environment.output.go         { refresh | client | wait | conclude: true }
 *           environment.output.work       .request for the token call, .wait for the timer,
 *                                         .answer (a token to answer with) or .failure (why there is none)
 * Fails:    never
 *
 * The order of grants: the refresh token; when Fortnox refuses it, the store is watched for some seconds, as
 * another refresh may just have used it and be about to save its successor; then client credentials, which
 * need no refresh token; then the refresh token once more, in case the refusal was a mistake.
 */
const SECOND = 1000;
// The run began before this script could look at the clock: at the most as long ago as the first look may take.
const FIRST_LOOK = 4 * SECOND;
// A run answers within 45 s. A rotation needs time left to be saved; client credentials can be asked for again.
const LAST_ROTATION = 17 * SECOND;
const LAST_CLIENT_CALL = 22 * SECOND;
const LAST_READ = 30 * SECOND;
const WATCH_FOR_WINNER = 10 * SECOND;
const WATCH_AFTER_OWN_DOUBT = 2 * SECOND;
const MOST_TEMPORARY = 4;
// Below the timer of the task, so that the connection is closed as well.
const CALL_TIMEOUT = 9 * SECOND;
// A token that ends within this time is not worth answering with.
const MARGIN = 60 * SECOND;

const output = environment.output;
const look = output.happened || {};
const work = output.work || { startedAt: Date.now() - FIRST_LOOK, readFailures: 0, grants: {} };
const now = Date.now();
const elapsed = now - work.startedAt;
delete output.happened;

const isMasked = (value) => /^[*•]+$/.test(value);

const grant = (name) => {
  if (!work.grants[name]) {
    work.grants[name] = { refused: 0, refusedAt: 0, denied: 0, temporary: 0 };
  }
  return work.grants[name];
};

const isUsable = (token) =>
  !!token.access_token &&
  !!token.timestamp &&
  now < Date.parse(token.timestamp) + token.expires_in * SECOND - MARGIN;

const go = (where) => {
  output.go = {};
  output.go[where] = true;
  output.work = work;
  next();
};

const waitFor = (milliseconds) => {
  work.wait = 'PT' + milliseconds / SECOND + 'S';
  go('wait');
};

const fail = (failure) => {
  work.failure = failure;
  go('conclude');
};

const ask = (name, form, headers) => {
  work.asked = name;
  work.requestedAt = new Date(now).toISOString();
  work.request = {
    form: form,
    timeout: { request: CALL_TIMEOUT },
    headers: Object.assign(
      {
        accept: 'application/json',
        authorization:
          'Basic ' + Buffer.from(look.clientId + ':' + look.clientSecret).toString('base64'),
      },
      headers,
    ),
  };
  go(name);
};

const mayStillTry = (name, lastStart) => {
  const tried = grant(name);
  return elapsed <= lastStart && tried.denied < 2 && tried.temporary < MOST_TEMPORARY;
};

// Only where every way in was refused is the connection dead; one way that could not be tried out leaves hope.
const verdict = (base, refresh, client) => {
  const open = [];
  if (base.refresh_token && refresh.refused < 2) {
    open.push(refresh);
  }
  if (base.tenant_id && client.refused < 2) {
    open.push(client);
  }
  if (open.length === 0) {
    return { kind: 'refused' };
  }
  const denied = open.filter((tried) => tried.denied > 1)[0];
  const tried = denied || open[0];
  return tried.last && tried.last.kind !== 'refused' ? tried.last : { kind: 'temporary' };
};

const choose = () => {
  const base = work.base;
  const refresh = grant('refresh');
  const client = grant('client');
  const canRefresh =
    !!base.refresh_token && refresh.refused < 2 && mayStillTry('refresh', LAST_ROTATION);
  const canAskAsClient =
    !!base.tenant_id && client.refused < 2 && mayStillTry('client', LAST_CLIENT_CALL);
  const refreshFirst = canRefresh && refresh.refused === 0 && !base.refresh_token_rejected;

  if (refreshFirst) {
    return ask('refresh', { grant_type: 'refresh_token', refresh_token: base.refresh_token });
  }
  if (refresh.refused > 0) {
    const watch =
      refresh.temporary > 0 || refresh.refused > 1 ? WATCH_AFTER_OWN_DOUBT : WATCH_FOR_WINNER;
    const watched = now - refresh.refusedAt;
    if (watched < watch) {
      refresh.looks = (refresh.looks || 1) + 1;
      return waitFor(Math.min(refresh.looks * SECOND, watch - watched));
    }
  }
  if (canAskAsClient) {
    return ask('client', { grant_type: 'client_credentials' }, { TenantId: base.tenant_id });
  }
  if (canRefresh) {
    return ask('refresh', { grant_type: 'refresh_token', refresh_token: base.refresh_token });
  }
  fail(verdict(base, refresh, client));
};

const start = () => {
  if (!look.ok) {
    work.readFailures += 1;
    work.readStatus = look.statusCode || null;
    // A Hub that forbids it once may be starting; twice, it means it.
    if (look.statusCode === 401 || look.statusCode === 403) {
      work.readsForbidden = (work.readsForbidden || 0) + 1;
    }
    if (work.readsForbidden > 1 || elapsed > LAST_READ) {
      return fail({ kind: 'settings-unreadable', statusCode: work.readStatus });
    }
    return waitFor(Math.min(work.readFailures, 4) * SECOND);
  }
  if (!look.clientId || !look.clientSecret) {
    return fail({ kind: 'settings-missing' });
  }
  if (isMasked(look.clientSecret)) {
    return fail({ kind: 'settings-masked' });
  }
  if (!look.token && !work.base) {
    return fail({ kind: 'not-activated' });
  }
  if (!work.base) {
    work.base = look.token;
    if (!work.base.refresh_token && !work.base.tenant_id) {
      return fail({ kind: 'not-activated' });
    }
  } else if (look.token && look.token.access_token !== work.base.access_token) {
    // Someone else has been here since: another refresh, or a new activation.
    if (isUsable(look.token)) {
      work.answer = look.token;
      return go('conclude');
    }
    if (look.token.refresh_token !== work.base.refresh_token) {
      work.grants = {};
    }
    work.base = look.token;
  }
  choose();
};

start();
