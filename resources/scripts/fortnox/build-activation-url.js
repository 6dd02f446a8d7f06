/*
 * Builds the address at which a person approves the connection in Fortnox.
 *
 * Runs as:  script task, after the settings were read
 * Reads:    environment.variables.input (from a run) or .submit (from a form): redirectURI, scopes, state
 *           environment.output.happened   what the look at the settings gave (read-settings.js, or the error)
 * Answers:  environment.output.output     the address, a string; a state that is made here is sealed where the Hub can encrypt,
 *                                         so that check-consent.js knows it again
 * Fails:    when an input or the client id is missing; then environment.output holds .failure for explain.js
 *
 * https://www.fortnox.se/developer/authorization/get-authorization-code
 */
const output = environment.output;
const look = output.happened || {};
const given = environment.variables.input || environment.variables.submit || {};
delete output.happened;
delete output.path;

const trimmed = (value) => (typeof value === 'string' ? value.trim() : '');

// The state ties Fortnox's redirect to this address (RFC 6749, section 10.12). A caller that has good randomness
// brings its own. The Hub's generateUuid is next; scripts have no other source but Math.random.
const madeState = () => {
  if (
    typeof functions === 'object' &&
    functions !== null &&
    typeof functions.generateUuid === 'function'
  ) {
    return String(functions.generateUuid());
  }
  let made = '';
  while (made.length < 32) {
    made += Math.random().toString(36).slice(2);
  }
  return made.slice(0, 32);
};

// What the Hub encrypts, nobody else can make. Only the names of encrypt and decrypt are documented, so what they answer
// is tried out; where they are missing, the state stays as it is, and the form asks for a confirmation.
const sealed = (nonce) => {
  const text = 'fortnox-activation ' + Date.now() + ' ' + nonce;
  try {
    const made = encrypt(text, 'hex');
    return /^[\w.~-]{16,1000}$/.test(made) && decrypt(made, 'hex') === text ? made : nonce;
  } catch (_cannotEncrypt) {
    return nonce;
  }
};

const redirectURI = trimmed(given.redirectURI);
const scopes = trimmed(given.scopes)
  .split(/[\s,]+/)
  .filter(Boolean)
  .join(' ');
let problem = null;
if (!/^https?:\/\/[^\s#@]+$/i.test(redirectURI)) {
  problem =
    'The redirect URI is missing or is no web address. Give one that is registered for the app, such as http://localhost:2022.';
} else if (scopes === '') {
  problem = 'The scopes are missing. Name at least one, such as "customer invoice".';
} else if (!look.ok) {
  problem =
    'The settings could not be read from the Hub. Try again; if it stays so, check that its API is up.';
} else if (!look.clientId) {
  problem =
    'The setting fortnox_app_clientid is missing, or lacks the tag fortnox. Run "fortnox-blueprint install", or add it under /admin/settings.';
}

if (problem) {
  output.failure = { kind: 'input', message: problem };
  next(new Error('input'));
} else {
  const query = [
    ['client_id', look.clientId],
    ['redirect_uri', redirectURI],
    ['scope', scopes],
    ['state', trimmed(given.state) || sealed(madeState())],
    ['access_type', 'offline'],
    ['response_type', 'code'],
    ['account_type', 'service'],
  ];
  output.output =
    'https://apps.fortnox.se/oauth-v1/auth?' +
    query.map((pair) => pair[0] + '=' + encodeURIComponent(pair[1])).join('&');
  output.status = { statuskey: 'complete', statusmessage: 'The activation URL is ready' };
  next();
}
