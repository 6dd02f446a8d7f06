/*
 * Tells whether there is a connection to keep alive, so that the schedule is quiet until there is one.
 *
 * Runs as:  script task, after the settings were read
 * Reads:    environment.output.happened   what the look at the settings gave (read-settings.js, or the error)
 * Answers:  environment.output.go         { refresh: true } or { nothing: true }
 * Fails:    with a sentence, when the settings could not be read
 */
const output = environment.output;
const look = output.happened || {};
delete output.happened;

if (!look.ok) {
  const sentence =
    "The settings could not be read from the Hub, so the Fortnox token was not refreshed. Tomorrow's run tries again; check that the Hub's API is up.";
  output.status = { statuskey: 'error', statusmessage: sentence };
  next(new Error(sentence));
} else {
  const token = look.token;
  const canRefresh = !!token && !!(token.refresh_token || token.tenant_id);
  output.go = canRefresh ? { refresh: true } : { nothing: true };
  next();
}
