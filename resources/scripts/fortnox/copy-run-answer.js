/*
 * Copies how the refresh ended, without its answer: the access token is nothing for the schedule's process.
 *
 * Runs as:  connector output of the task that runs the refresh flow
 * Reads:    statusCode, body   a failed run answers { statusCode, message, error: { message } }
 * Answers:  { of: 'refresh', statusCode, message }
 * Fails:    never
 */
const answer = body !== null && typeof body === 'object' ? body : {};
const inner = answer.error !== null && typeof answer.error === 'object' ? answer.error : {};
// The flow's own sentence is here; what stands beside it is the Hub's and says less.
const message = statusCode >= 400 ? inner.message : null;

next(null, {
  of: 'refresh',
  statusCode: statusCode,
  message: typeof message === 'string' ? message : null,
});
