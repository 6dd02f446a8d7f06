/*
 * Copies how the refresh ended, without its answer: the access token is nothing for the schedule's process.
 *
 * Runs as:  connector output of the task that runs the refresh flow
 * Reads:    statusCode, body   a failed run answers { statusCode, message, error: { message } }
 * Answers:  { statusCode, isRefreshed, message }; isRefreshed only where the answer holds an access token, as a login
 *           page or a proxy answers 200 as well
 * Fails:    never
 */
const answer = body !== null && typeof body === 'object' ? body : {};
const inner = answer.error !== null && typeof answer.error === 'object' ? answer.error : {};
const accessToken = statusCode < 300 ? answer.output?.access_token : null;

next(null, {
  statusCode: statusCode,
  isRefreshed: typeof accessToken === 'string' && accessToken !== '',
  // The flow's own sentence is here; what stands beside it is the Hub's and says less.
  message: typeof inner.message === 'string' ? inner.message : null,
});
