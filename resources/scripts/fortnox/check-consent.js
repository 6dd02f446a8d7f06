/*
 * Checks what the person brought back from Fortnox, and prepares the exchange of the code for tokens.
 *
 * Runs as:  script task, after each look at the settings
 * Reads:    environment.variables.submit (from the form) or .input (from a run):
 *             code            the bare code, or the whole address that Fortnox redirected to
 *             redirectURI     as it was used for the activation URL
 *             activationUrl   needed with a whole address: its state must come back in it
 *           environment.output.happened   what the last look gave (read-settings.js, or the error of the call)
 *           environment.output.work       what this run knows so far; this script begins it
 * Answers:  environment.output.go         { exchange | wait | conclude: true }
 *           environment.output.work       .request for the token call, or .failure
 * Fails:    never
 */
const SECOND = 1000;
// The run began before this script could look at the clock: at the most as long ago as the first look may take.
const FIRST_LOOK = 4 * SECOND;
const LAST_READ = 30 * SECOND;
const LAST_EXCHANGE = 20 * SECOND;
const CALL_TIMEOUT = 9 * SECOND;
const MOST_TEMPORARY = 3;

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
const look = output.happened || {};
const work = output.work || {
  purpose: 'activation',
  startedAt: Date.now() - FIRST_LOOK,
  readFailures: 0,
  grants: {},
};
const elapsed = Date.now() - work.startedAt;
delete output.happened;

const go = (where) => {
  output.go = {};
  output.go[where] = true;
  output.work = work;
  next();
};

const fail = (failure) => {
  work.failure = failure;
  go('conclude');
};

const refuse = (message) => {
  fail({ kind: 'input', message: message });
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

// The bare code, or a sentence on why there is none: { code } or { problem }.
const consent = (given) => {
  const brought = trimmed(given.code);
  if (brought === '') {
    return { problem: 'The code is missing. Copy it from the address that Fortnox redirected to.' };
  }
  if (!/^https?:\/\//i.test(brought)) {
    return /^[\x21-\x7e]{4,512}$/.test(brought)
      ? { code: brought }
      : {
          problem: 'This is not a code from Fortnox. Copy it again, without blanks or line breaks.',
        };
  }
  const answer = parameters(brought);
  if (answer.error) {
    const known = Object.hasOwn(REFUSALS, answer.error);
    const name = answer.error.replace(/[^\w.-]/g, '').slice(0, 60);
    return {
      problem: known
        ? REFUSALS[answer.error]
        : 'Fortnox refused with "' + name + '". Generate a new activation URL and try again.',
    };
  }
  if (!answer.code) {
    return {
      problem:
        'The address holds no code. Fortnox sends none when the account is locked, for one; check that you can log in to Fortnox, then generate a new activation URL.',
    };
  }
  const expected = parameters(trimmed(given.activationUrl)).state;
  if (!expected) {
    return {
      problem:
        'To check a whole address, the activation URL that it belongs to is needed. Generate one, or give the code alone.',
    };
  }
  if (answer.state !== expected) {
    return {
      problem:
        'This address does not belong to the activation URL: its state is another. Generate a new activation URL and use the address that follows it.',
    };
  }
  return { code: answer.code };
};

const start = () => {
  const given = environment.variables.submit || environment.variables.input || {};
  const redirectURI = trimmed(given.redirectURI);
  if (!/^https?:\/\/[^\s#@]+$/i.test(redirectURI)) {
    return refuse(
      'The redirect URI is missing or is no web address. Give the one that the activation URL was made with.',
    );
  }
  const brought = consent(given);
  if (brought.problem) {
    return refuse(brought.problem);
  }
  if (!look.ok) {
    work.readFailures += 1;
    work.wait = 'PT' + Math.min(work.readFailures, 4) + 'S';
    if (look.statusCode === 401 || look.statusCode === 403) {
      work.readsForbidden = (work.readsForbidden || 0) + 1;
    }
    if (work.readsForbidden > 1 || elapsed > LAST_READ) {
      return fail({ kind: 'settings-unreadable', statusCode: look.statusCode || null });
    }
    return go('wait');
  }
  if (!look.clientId || !look.clientSecret) {
    return fail({ kind: 'settings-missing' });
  }
  if (/^[*•]+$/.test(look.clientSecret)) {
    return fail({ kind: 'settings-masked' });
  }

  let tried = work.grants.code;
  if (!tried) {
    tried = work.grants.code = { refused: 0, refusedAt: 0, denied: 0, temporary: 0 };
  }
  if (tried.refused > 0) {
    return fail({ kind: 'code-refused', isDoubtful: tried.temporary > 0 });
  }
  if (tried.denied > 1 || tried.temporary >= MOST_TEMPORARY || elapsed > LAST_EXCHANGE) {
    return fail(tried.last);
  }

  work.asked = 'code';
  work.base = look.token;
  work.requestedAt = new Date().toISOString();
  work.request = {
    form: { grant_type: 'authorization_code', code: brought.code, redirect_uri: redirectURI },
    timeout: { request: CALL_TIMEOUT },
    headers: {
      accept: 'application/json',
      authorization:
        'Basic ' + Buffer.from(look.clientId + ':' + look.clientSecret).toString('base64'),
    },
  };
  go('exchange');
};

start();
