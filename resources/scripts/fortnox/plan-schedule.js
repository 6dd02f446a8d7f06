/*
 * Plans the daily run: waits for the minute of this Hub, then lets the refresh flow run; is quiet until there is a
 * connection.
 *
 * Runs as:  script task, after each look at the settings
 * Reads:    environment.output.happened   what the look gave (read-settings.js, or the error of the call)
 *           environment.output.plan       what this run knows so far; this script begins it
 * Answers:  environment.output.go         { run | wait | nothing | failed: true }
 *           environment.output.plan       .wait for the timer, .to (where an alarm is mailed), .lastToken (when the
 *                                         stored token was issued), .failures
 *           environment.output.failure    why it failed
 * Fails:    never
 *
 * Every Hub's schedule starts at the same time, as it stands in the file; so each waits as many minutes as its own
 * client and company give, up to four hours. A failure is tried again an hour later.
 */
const SPREAD_MINUTES = 240;
const output = environment.output;
const look = output.happened || { ok: false };
const plan = output.plan || { failures: 0 };
delete output.happened;
delete output.path;
output.plan = plan;
output.go = {};

const ownMinute = (text) => {
  let hash = 7;
  for (let at = 0; at < text.length; at += 1) {
    hash = (hash * 31 + text.charCodeAt(at)) % 1000003;
  }
  return hash % SPREAD_MINUTES;
};

if (!look.ok) {
  plan.failures += 1;
  plan.wait = 'PT1H';
  output.failure = {
    kind: 'settings-unreadable',
    statusCode: look.statusCode || null,
    error: look.error?.code,
  };
  output.go[plan.failures > 1 ? 'failed' : 'wait'] = true;
} else {
  const token = look.token || {};
  const isConnected = !!(token.refresh_token || token.tenant_id);
  // A setting that is missing beside a secret is no reason to be quiet: the refresh looks twice, and says so.
  const isNew = look.hasToken ? !isConnected : !look.hasSecret;
  plan.to = look.alertEmail;
  plan.lastToken = token.timestamp || null;
  if (isNew) {
    output.go.nothing = true;
    delete output.plan;
    output.status = { statuskey: 'complete', statusmessage: 'Fortnox is not connected yet' };
  } else if (!plan.isDue) {
    plan.isDue = true;
    plan.wait = 'PT' + ownMinute(look.clientId + ' ' + token.tenant_id) + 'M';
    output.go.wait = true;
  } else {
    output.go.run = true;
  }
}
next();
