/*
 * Checks what the person brought back from Fortnox, before anything is asked.
 *
 * Runs as:  script task, once, at the start
 * Reads:    environment.variables.submit (from the form) or .input (from a run):
 *             code            the bare code, or the whole address that Fortnox redirected to
 *             redirectURI     as it was used for the activation URL
 *             activationUrl   an address of Fortnox; its state must come back in a whole address. A run needs it with
 *                             one, and checks a bare code's state itself
 *             state           from the form: what Fortnox brought beside a bare code
 *             companyChecked  from the form, true (or "true"): the person approved it, and saw the company. Needed
 *                             where no state that this Hub has sealed comes with the code
 * Answers:  environment.output.brought   { code, redirectURI, madeAt }: the bare code, and when its state was made, where known
 * Fails:    where there is no code, none that was asked for here, or no redirect URI; then environment.output holds
 *           .failure for explain.js, and no secret
 */
const SECOND = 1000;
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
const given = environment.variables.submit || environment.variables.input || {};
const now = Date.now();
const isTicked = (value) => value === true || value === 'true';

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

const redirectURI = trimmed(given.redirectURI);
// What is handed on: the code with its redirect URI, or why there is none.
const checked = /^https?:\/\/[^\s#@]+$/i.test(redirectURI)
  ? consent()
  : unusable(
      'The redirect URI is missing or is no web address. Give the one that the activation URL was made with.',
    );
if (checked.failure) {
  fail(checked.failure);
} else {
  output.brought = Object.assign({ redirectURI: redirectURI }, checked);
  next();
}
