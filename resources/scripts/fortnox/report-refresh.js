/*
 * Ends the scheduled run: quietly when the token was refreshed, visibly when it was not.
 *
 * Runs as:  script task, after the refresh flow was run
 * Reads:    environment.output.happened   copy-run-answer.js, or the error of the call
 * Answers:  environment.output.status     the status of the process
 * Fails:    with the refresh flow's own sentence
 */
const output = environment.output;
const happened = output.happened || {};
delete output.happened;
delete output.go;

if (happened.statusCode >= 200 && happened.statusCode < 300) {
  output.status = { statuskey: 'complete', statusmessage: 'The Fortnox token is fresh' };
  next();
} else {
  const sentence =
    happened.message ||
    'The flow fortnox-refresh-access-token could not be run' +
      (happened.statusCode ? ' (HTTP ' + happened.statusCode + ')' : '') +
      '. Tomorrow\'s run tries again; run it by hand with "fortnox-blueprint refresh" to see more.';
  output.status = { statuskey: 'error', statusmessage: sentence };
  next(new Error(sentence));
}
