/*
 * Brings a run to its end: answers, or says what is wrong and what to do. Whatever else the run kept in
 * environment.output is removed first, as the Hub stores that with the process and it holds secrets.
 *
 * Runs as:  script task, the last one before an end
 * Reads:    environment.output.work    .purpose, .answer, .fresh, .asked, .failure
 *           environment.output.saved   { kept, statusCode } when there was something to save
 * Answers:  environment.output.output  refresh:    { access_token, expires_in, timestamp, scope, token_type }
 *                                      activation: { connected, scope, expires_in, timestamp,
 *                                                    refresh_token_timestamp, tenant_id }, no token
 *                                      where a form asked, the same as a text, or the sentence of the failure:
 *                                      a form's result page shows text
 *           environment.output.status  the status of the process
 * Fails:    with one sentence or more for a person, wherever there is nothing to answer with
 */
const ACTIVATE =
  '/form/fortnox-activate in Onify; a system administrator of the company must approve it in Fortnox.';
const UNCHANGED = 'The stored token was left as it is.';

const output = environment.output;
const work = output.work || {};
const saved = output.saved;

const detail = (failure) => {
  const parts = [];
  if (failure.statusCode) {
    parts.push('HTTP ' + failure.statusCode);
  }
  if (/^[\w.-]{1,60}$/.test(failure.error || '')) {
    parts.push(failure.error);
  }
  return parts.length > 0 ? ' (' + parts.join(', ') + ')' : '';
};

const sentences = {
  input: (failure) => failure.message,
  'settings-unreadable': (failure) =>
    'The settings could not be read from the Hub' +
    detail(failure) +
    '. ' +
    UNCHANGED +
    " Try again; if it stays so, check that the Hub's API is up and lets this flow read /my/config/settings.",
  'settings-missing': () =>
    'The settings fortnox_app_clientid and fortnox_app_clientsecret must both be set, with the tag fortnox. Run "fortnox-blueprint install", or add them under /admin/settings; support@onify.co has the secret.',
  'settings-masked': () =>
    'The Hub shows this flow only a masked fortnox_app_clientsecret, so Fortnox cannot be asked with it. Ask support@onify.co how a flow may read a password setting on this Hub.',
  'not-activated': () => 'Fortnox is not connected yet. Activate it at ' + ACTIVATE,
  refused: () =>
    'Fortnox no longer accepts the stored tokens: the connection is lost. Activate it again at ' +
    ACTIVATE,
  'code-refused': (failure) =>
    'Fortnox does not accept the code. It lives for ten minutes, works once, and only with the redirect URI that it was asked for with.' +
    (failure.isDoubtful ? ' An earlier answer was lost on the way, and may have used it up.' : '') +
    ' Generate a new activation URL and approve again at ' +
    ACTIVATE,
  licence: (failure) =>
    'The company has no licence for this integration in Fortnox' +
    detail(failure) +
    '. A system administrator of the company must add the licence in Fortnox; activating again does not help. ' +
    UNCHANGED,
  client: (failure) =>
    'Fortnox does not accept the client id and secret' +
    detail(failure) +
    '. Correct fortnox_app_clientid and fortnox_app_clientsecret with "fortnox-blueprint install" or under /admin/settings; support@onify.co has them. ' +
    UNCHANGED,
  unexpected: (failure) =>
    'Fortnox refused the call in a way that is not documented' +
    detail(failure) +
    '. ' +
    UNCHANGED +
    ' Try again later; if it stays so, send this text to support@onify.co.',
  temporary: (failure) =>
    'Fortnox could not be reached, or did not answer as it should' +
    detail(failure) +
    '. ' +
    UNCHANGED +
    ' Try again in some minutes; the connection is not lost.',
  'not-kept': (failure) =>
    'Fortnox gave a new token, but the Hub did not keep it' +
    detail(failure) +
    '. Check that flows may write the setting fortnox_access_token, then refresh; if Fortnox refuses that, activate again at ' +
    ACTIVATE,
};

const refreshAnswer = (token) => ({
  access_token: token.access_token,
  expires_in: token.expires_in,
  timestamp: token.timestamp,
  scope: token.scope,
  token_type: token.token_type,
});

const activationAnswer = (token) => ({
  connected: true,
  scope: token.scope,
  expires_in: token.expires_in,
  timestamp: token.timestamp,
  refresh_token_timestamp: token.refresh_token_timestamp,
  tenant_id: token.tenant_id,
});

const isForm = !!environment.variables.submit;

const activationText = (token) =>
  [
    'Fortnox is connected.',
    'Company: tenant id ' + (token.tenant_id || 'not known'),
    'Scopes: ' + token.scope,
    'The Hub keeps the connection alive by itself; nothing more needs to be done here.',
  ].join('\n');

let failure = work.failure;
if (!failure && saved && !saved.kept) {
  failure = { kind: 'not-kept', statusCode: saved.statusCode };
}
const token = work.answer || work.fresh;
if (!failure && !token) {
  failure = { kind: 'temporary' };
}
const isActivation = work.purpose === 'activation';

Object.keys(output).forEach((name) => {
  if (name !== 'state') {
    delete output[name];
  }
});

if (failure) {
  const sentence = sentences[failure.kind](failure);
  if (isForm) {
    output.output = sentence;
  }
  output.status = { statuskey: 'error', statusmessage: sentence };
  next(new Error(sentence));
} else {
  const answer = isForm ? activationText : activationAnswer;
  output.output = isActivation ? answer(token) : refreshAnswer(token);
  output.status = {
    statuskey: 'complete',
    statusmessage: isActivation ? 'Fortnox is connected' : 'The Fortnox token is fresh',
  };
  next();
}
