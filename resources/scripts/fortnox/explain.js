/*
 * Says in plain words what is wrong and what to do, and fails the run with that. The same in every flow.
 *
 * Runs as:  script task, the last one before an error end
 * Reads:    environment.output.failure   { kind, … } as a script before it left it; nothing where a script is missing
 * Answers:  environment.output.status    the status of the process, with the kind as its error
 *           environment.output.state     the milestone, with the sentence
 *           environment.output.output    where a form started the run: the sentence
 * Fails:    always, with the sentence and its code in brackets; whatever else was kept is removed first
 */
const ACTIVATE =
  '/form/fortnox-activate in Onify; a system administrator of the company must approve it in Fortnox.';
const UNCHANGED = 'The stored token was left as it is.';
const output = environment.output;
const failure = output.failure || { kind: 'script-missing' };

const detail = ({ statusCode, error }) => {
  const parts = statusCode ? ['HTTP ' + statusCode] : [];
  if (/^[\w.-]{1,60}$/.test(error || '')) {
    parts.push(error);
  }
  return parts.length > 0 ? ' (' + parts.join(', ') + ')' : '';
};
// What an answer that was lost on the way may have used up.
const SENT = {
  refresh:
    '; an answer may have been lost on the way, and a new refresh token with it. If the next refresh is refused as well, activate again at ' +
    ACTIVATE,
  code: '; the code may be used up. If it is refused then, generate a new activation URL.',
};
const plain = (value) =>
  String(value)
    .replace(/[^\w.-]/g, '')
    .slice(0, 40);

const sentences = {
  input: () => failure.message,
  'as-is': () => failure.message,
  'settings-unreadable': () =>
    'The settings could not be read from the Hub' +
    detail(failure) +
    '. ' +
    UNCHANGED +
    " Try again; if it stays so, check that the Hub's API is up and lets this flow read /my/config/settings.",
  'hub-went-away': () =>
    'The Hub stopped answering while Fortnox was asked' +
    detail(failure) +
    '. ' +
    UNCHANGED +
    " Try again in some minutes; check that the Hub's API is up.",
  'too-late': () =>
    'This run had no time left to ask Fortnox. ' +
    UNCHANGED +
    " Try again in some minutes; if it stays so, see how long the Hub's API takes to answer.",
  'settings-missing': () =>
    'The settings fortnox_app_clientid and fortnox_app_clientsecret must both be set, with the tag fortnox. Run "fortnox-blueprint install", or add them under /admin/settings; support@onify.co has the secret.',
  'settings-masked': () =>
    'The Hub shows this flow only a masked fortnox_app_clientsecret, so Fortnox cannot be asked with it. Ask support@onify.co how a flow may read a password setting on this Hub.',
  'token-missing': () =>
    'The client secret is set, but the setting fortnox_access_token is missing. Run "fortnox-blueprint install"; if Fortnox was connected, restore the setting from a backup, or activate at ' +
    ACTIVATE,
  'not-connected': () => 'Fortnox is not connected yet. Activate it at ' + ACTIVATE,
  refused: () =>
    'Fortnox no longer accepts the stored tokens: the connection is lost. Activate it again at ' +
    ACTIVATE +
    ' If the Hub was restarted within the last minutes, refresh once more first.',
  undecided: () =>
    'Fortnox refused a stored token' +
    detail(failure) +
    ', and there was no time to make sure. ' +
    UNCHANGED +
    ' Try again in some minutes.',
  'code-refused': () =>
    'Fortnox does not accept the code. It lives for ten minutes, works once, and only with the redirect URI that it was asked for with.' +
    (failure.isDoubtful ? ' An earlier answer was lost on the way, and may have used it up.' : '') +
    ' Generate a new activation URL and approve again at ' +
    ACTIVATE,
  'activation-url-foreign': () =>
    'The activation URL does not lead to https://apps.fortnox.se, so what followed it is not used. Nothing was changed. Generate a new one at ' +
    ACTIVATE,
  'state-foreign': () =>
    'This answer was not asked for on this Hub: its state was not made here. Nothing was changed. Use the address that follows an activation URL of /form/fortnox-activate.',
  'state-expired': () =>
    'The activation URL that this answer belongs to is older than an hour. Nothing was changed. Generate a new one and approve again at ' +
    ACTIVATE,
  'state-used': () =>
    'Fortnox was connected after this activation URL was made, so it is used up. Nothing was changed. See at /form/fortnox-activate what is connected; to connect again, generate a new activation URL.',
  'code-unconfirmed': () =>
    'Nothing shows that this code was asked for on this Hub. Nothing was changed. Paste the whole address that Fortnox led to; or, where you approved it yourself and saw that it is the right company, tick "I approved this, and it is the right company".',
  'other-company': () =>
    'Another company is connected: tenant ' +
    plain(failure.stored) +
    ', and this code is for tenant ' +
    plain(failure.requested) +
    '. Nothing was changed. To replace the company, generate a new activation URL and activate with "Replace the company" ticked (replaceCompany, --replace-company); to keep it, pick the right company when logging in to Fortnox.',
  'unknown-company': () =>
    'Fortnox did not tell which company this code is for, and tenant ' +
    plain(failure.stored) +
    ' is connected. Nothing was changed. Add the scope companyinformation and activate again, or tick "Replace the company" (replaceCompany, --replace-company).',
  licence: () =>
    'The company has no licence for this integration, or for one of its scopes, in Fortnox' +
    detail(failure) +
    '. A system administrator of the company must add the licence in Fortnox; activating again does not help, but for leaving out scopes that need one, such as salary. ' +
    UNCHANGED,
  client: () =>
    'Fortnox does not accept the client id and secret' +
    detail(failure) +
    '. Correct fortnox_app_clientid and fortnox_app_clientsecret with "fortnox-blueprint install" or under /admin/settings; support@onify.co has them. ' +
    UNCHANGED,
  unexpected: () =>
    'Fortnox refused the call in a way that is not documented' +
    detail(failure) +
    '. ' +
    UNCHANGED +
    ' Try again later; if it stays so, send this text to support@onify.co.',
  temporary: () =>
    'Fortnox could not be reached, or did not answer as it should' +
    detail(failure) +
    '. ' +
    UNCHANGED +
    ' Try again in some minutes' +
    (SENT[failure.sent] || '.'),
  'not-kept': () =>
    'Fortnox gave a new token, but as far as can be seen the Hub did not keep it' +
    detail(failure) +
    '. Check that flows may write the setting fortnox_access_token, then refresh; if Fortnox refuses that, activate again at ' +
    ACTIVATE,
  'not-stored': () =>
    'As far as can be seen, the Hub did not take the setting fortnox_access_token' +
    detail(failure) +
    '. Nothing is lost. Check that flows may write this setting, then try again.',
  replaced: () =>
    'The connection was changed by someone else while this ran. What they stored was left as it is. Look at it with "fortnox-blueprint status" before trying again.',
  'script-missing': () =>
    'A script of the blueprint could not be run' +
    detail(failure) +
    '. ' +
    UNCHANGED +
    ' Try again in a minute; if it stays so, run "fortnox-blueprint install".',
};

const kind = Object.hasOwn(sentences, failure.kind) ? failure.kind : 'script-missing';
const sentence = sentences[kind]() + (kind === 'as-is' ? '' : ' [' + kind + ']');
Object.keys(output).forEach((name) => {
  delete output[name];
});
output.status = { statuskey: 'error', statusmessage: sentence, error: failure.code || kind };
output.state = {
  id: 'explain',
  name: 'Say what is wrong',
  result: { error: true, statusmessage: sentence },
};
// The result page of the form shows the output as text.
if (environment.variables?.submit) {
  output.output = sentence;
}
next(new Error(sentence));
