/*
 * Decides how the refresh goes on: which grant to ask Fortnox for, wait and look again, or answer.
 *
 * Runs as:  script task, after each look at the settings
 * Reads:    environment.variables.input   .scheduled: true where the daily schedule started the run
 *           environment.output.happened   what the last look gave (read-settings.js, or the error of the call)
 *           environment.output.work       what this run knows so far; this script begins it
 *           environment.output.startedAt  when the run began
 * Answers:  environment.output.go         { ask | wait | answer: true }
 *           environment.output.work       .asked and .request for the call, .wait for the timer, .fresh (the token to answer)
 * Fails:    where nothing is left to ask; then environment.output holds .failure for explain.js, and no secret
 *
 * The order of grants: client credentials, once they are known to work; they spend nothing. The refresh token is the
 * spare: it is used where client credentials are refused or not proven yet, and by the schedule when it is ten days
 * old, so that it never runs out. The schedule also proves client credentials. What was refused is remembered in the
 * stored record, and comes second for a day.
 */
const SECOND = 1000;
// How long a look at the settings takes at most, with the steps around it.
const READ = 6 * SECOND;
const DAY = 24 * 3600 * SECOND;
const SPARE_IS_OLD = 10 * DAY;
// A run ends within 45 s. Fortnox gets 15 s, as a rotation that is cut off loses the new token; 13 s are for the save.
const CALL_TIMEOUT = 15 * SECOND;
const LAST_ROTATION = 16.5 * SECOND;
const LAST_CLIENT_CALL = 27 * SECOND;
const LAST_READ = 30 * SECOND;
const LAST_ANSWER = 31 * SECOND;
const LAST_COMPANY_CALL = 20 * SECOND;
const WATCH_FOR_WINNER = 10 * SECOND;
const WATCH_BEFORE_VERDICT = 28 * SECOND;
const WATCH_AFTER_OWN_DOUBT = 2 * SECOND;
const BEFORE_SECOND_TRY = 2 * SECOND;
const LONGEST_WAIT = 8 * SECOND;
const MAX_TEMPORARY = 4;
// Clocks can stand still or jump; a run that counts its steps ends all the same.
const MAX_READS = 24;
const MAX_LOOKS = 5;
const MAX_LAST_LOOKS = 12;
// A token that ends within this time is not worth answering with.
const MARGIN = 60 * SECOND;

const OTHER = { client: 'refresh', refresh: 'client' };

const output = environment.output;
const look = output.happened || { ok: false };
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
const pause = passed - Math.min(Math.max(passed, 0), work.planned);
work.startedAt += pause;
Object.values(work.grants).forEach((tried) => {
  tried.refusedAt = tried.refusedAt && Math.min(tried.refusedAt + pause, now);
});
work.at = now;
const elapsed = Math.max(0, now - work.startedAt);
const isScheduled = environment.variables.input?.scheduled === true;
delete output.happened;
work.reads += 1;
work.isScheduled = isScheduled;
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

const grant = (name) => {
  work.grants[name] = work.grants[name] || { refused: 0, refusedAt: 0, temporary: 0 };
  return work.grants[name];
};

const hasGrant = (token) => !!token && !!(token.refresh_token || token.tenant_id);

const isUsable = (token) =>
  !!token.access_token &&
  !!token.timestamp &&
  now < Date.parse(token.timestamp) + token.expires_in * SECOND - MARGIN;

const within = (stamp, milliseconds) => !!stamp && now - Date.parse(stamp) < milliseconds;

const ask = (name, request, timeout) => {
  work.asked = name;
  work.requestedAt = new Date(now).toISOString();
  work.request = Object.assign({ timeout: { request: Math.round(timeout) } }, request);
  work.planned = timeout + READ;
  go('ask');
};

const askForToken = (name) => {
  const base = work.base;
  const isClient = name === 'client';
  // Where client credentials are cut off, or a refresh token that was refused twice, nothing is lost.
  const isFree = isClient || grant(name).refused > 1;
  const timeout = isFree ? Math.min(CALL_TIMEOUT, LAST_ANSWER + SECOND - elapsed) : CALL_TIMEOUT;
  ask(
    name,
    {
      url: 'https://apps.fortnox.se/oauth-v1/token',
      method: 'POST',
      form: isClient
        ? { grant_type: 'client_credentials' }
        : { grant_type: 'refresh_token', refresh_token: base.refresh_token },
      headers: Object.assign(
        {
          accept: 'application/json',
          authorization:
            'Basic ' + Buffer.from(look.clientId + ':' + look.clientSecret).toString('base64'),
        },
        isClient ? { TenantId: base.tenant_id } : {},
      ),
    },
    timeout,
  );
};

const askForCompany = () =>
  ask(
    'company',
    {
      url: 'https://api.fortnox.se/3/companyinformation',
      method: 'GET',
      headers: { accept: 'application/json', authorization: 'Bearer ' + work.fresh.access_token },
    },
    8 * SECOND,
  );

const mayAsk = (name) => {
  const { refused, temporary } = grant(name);
  const isThere = name === 'client' ? work.base.tenant_id : work.base.refresh_token;
  const lastStart = name === 'client' ? LAST_CLIENT_CALL : LAST_ROTATION;
  return !!isThere && refused < 2 && temporary < MAX_TEMPORARY && elapsed <= lastStart;
};

// Which grant a run begins with, where it has both: 'client' or 'refresh'.
const preferred = () => {
  const base = work.base;
  const clientIsOut = within(base.client_credentials_rejected, DAY);
  const refreshIsOut = within(base.refresh_token_rejected, DAY);
  if (isScheduled && !refreshIsOut && !within(base.refresh_token_timestamp, SPARE_IS_OLD)) {
    return 'refresh';
  }
  if (clientIsOut) {
    return 'refresh';
  }
  return base.client_credentials_proven || base.refresh_token_rejected || isScheduled
    ? 'client'
    : 'refresh';
};

// Only where every grant was refused twice is the connection dead; one that could not be tried out leaves hope.
const verdict = () => {
  const { refresh_token: hasRefresh, tenant_id: hasClient } = work.base;
  const tried = [hasRefresh && grant('refresh'), hasClient && grant('client')].filter(Boolean);
  const open = tried.filter((each) => each.refused < 2);
  const lastOf = (each) => each.last || { kind: 'temporary' };
  if (open.length > 0) {
    // A Hub that is slow, or that was stopped meanwhile, can leave no time to ask at all.
    const { last } = open.concat(tried).filter((each) => each.last)[0] || {};
    if (!last) {
      return { kind: 'too-late' };
    }
    // Whatever came back, a refresh token that was sent may be used up.
    const sent = grant('refresh').isSent ? { sent: 'refresh' } : {};
    return last.kind === 'temporary'
      ? Object.assign({}, last, sent)
      : Object.assign({}, last, { kind: 'undecided' });
  }
  const licence = tried.map(lastOf).filter(({ kind }) => kind === 'licence')[0];
  if (licence) {
    return licence;
  }
  const [first, second] = tried.map(lastOf);
  // Fortnox knows this client where it has just answered its refresh token: then it is the other grant that it refuses.
  if (second && first.kind === 'refused') {
    return second.kind === 'unexpected' && !second.error ? second : { kind: 'refused' };
  }
  return first.kind === 'refused' ? { kind: 'refused' } : first;
};

// How many milliseconds until a grant may be asked for: none for most.
const readyIn = (name, first) => {
  const tried = grant(name);
  const refresh = grant('refresh');
  if (tried.refused > 0) {
    return BEFORE_SECOND_TRY - Math.max(0, now - tried.refusedAt);
  }
  return name === 'client' && first === 'refresh' && refresh.refused > 0 ? watchLeft() : 0;
};

// A refused refresh token may mean that another refresh has just used it, and is about to save its successor.
const watchFor = (milliseconds, maxLooks) => {
  const { refused, refusedAt, looks } = grant('refresh');
  return refused && !(looks >= maxLooks) ? milliseconds - Math.max(0, now - refusedAt) : 0;
};

const watchLeft = () => {
  const isDoubtful = grant('refresh').temporary > 0 || !!work.base.refresh_token_rejected;
  return watchFor(isDoubtful ? WATCH_AFTER_OWN_DOUBT : WATCH_FOR_WINNER, MAX_LOOKS);
};

// Before a connection is called lost, the other refresh gets the time that Fortnox and a slow Hub may take from it.
const watchBeforeVerdict = () =>
  verdict().kind === 'refused' ? watchFor(WATCH_BEFORE_VERDICT, MAX_LAST_LOOKS) : 0;

// Client credentials that are refused as those of an unknown client may not be allowed, or the secret has changed since
// the refresh token was refused. Fortnox tells by what it says of that one now.
const isClientDoubtful = () =>
  work.asked === 'client' &&
  grant('client').last?.kind === 'client' &&
  verdict().kind === 'refused';

// What was refused half a minute ago may be mended by now: the consent, or the secret. It costs nothing to ask.
const isWorthALastCall = () =>
  !work.isLastCall &&
  !!work.base.tenant_id &&
  elapsed <= LAST_ANSWER &&
  verdict().kind === 'refused';

const choose = () => {
  const first = preferred();
  const order = grant(first).refused > 0 ? [OTHER[first], first] : [first, OTHER[first]];
  const open = order.filter(mayAsk);
  const asked = open.filter((name) => readyIn(name, first) <= 0)[0];
  const isSpared = asked !== first && mayAsk(first) && grant(first).refused === 0;
  if (asked && !isSpared) {
    return askForToken(asked);
  }
  if (isClientDoubtful() && elapsed <= LAST_CLIENT_CALL) {
    return askForToken('refresh');
  }
  const left = Math.max(
    watchLeft(),
    watchBeforeVerdict(),
    ...open.map((name) => readyIn(name, first)),
  );
  if (left > 0 && elapsed < LAST_ANSWER) {
    const refresh = grant('refresh');
    refresh.looks = (refresh.looks || 0) + 1;
    return waitFor(Math.min(refresh.looks * SECOND, 3 * SECOND, left));
  }
  if (isWorthALastCall()) {
    work.isLastCall = true;
    return askForToken('client');
  }
  fail(verdict());
};

const unreadable = () => {
  work.readFailures += 1;
  // A Hub that forbids it once may be starting; twice, it means it.
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

// One answer that lacks the token is not believed: a list can be behind, and a lost tag hides it. Once more, then by key.
const withoutToken = () => {
  work.withoutToken = (work.withoutToken || 0) + 1;
  if (work.withoutToken > 1) {
    output.path = '/_fortnox_access_token';
    work.client = { clientId: look.clientId, clientSecret: look.clientSecret };
  }
  return waitFor(SECOND);
};

const answer = (token) => {
  work.fresh = token;
  return go('answer');
};

const start = () => {
  if (!look.ok) {
    return unreadable();
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
  if (!look.hasToken && !look.byKey && !(work.withoutToken > 2)) {
    return withoutToken();
  }
  output.path = '';
  delete work.client;
  delete work.withoutToken;
  const token = look.token;
  if (!hasGrant(token)) {
    return fail({ kind: look.hasToken ? 'not-connected' : 'token-missing' });
  }
  const base = work.base;
  if (!base) {
    work.base = token;
  } else if (output.saved) {
    // The new token is stored; what was left to do is to learn whose it is.
    const isOver = !!work.grants.company || elapsed > LAST_COMPANY_CALL;
    return isOver ? answer(work.fresh) : askForCompany();
  } else if (token.access_token !== base.access_token || token.connection !== base.connection) {
    // Someone else has been here since: another refresh, or a new activation.
    const isNewer =
      token.connection > base.connection ||
      (token.connection === base.connection && token.rotation >= base.rotation);
    if (isNewer && isUsable(token)) {
      return answer(token);
    }
    if (token.refresh_token !== base.refresh_token || token.connection !== base.connection) {
      work.grants = {};
    }
    work.base = token;
  }
  if (work.reads > MAX_READS) {
    return fail(verdict());
  }
  const left = (work.waitUntil || 0) - now;
  work.waitUntil = 0;
  if (left > 0 && left <= LONGEST_WAIT) {
    return waitFor(left);
  }
  choose();
};

start();
