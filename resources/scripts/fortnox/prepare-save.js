/*
 * Makes the first write of a fresh token, complete, so that a Hub whose PUT resets what is left out keeps it all.
 *
 * Runs as:  script task, at the start of "Save safely"
 * Reads:    environment.variables.content.input   { fresh, base, asked, startedAt } from the flow around
 * Answers:  environment.output.write   { method, url, payload } of the next write
 *           environment.output.saving  what the sub-process knows: .fresh, .base, .asked, .deadline, .writes
 *           environment.output.go      { write: true } right after a rotation: until it is written, the new token is
 *                                      nowhere but here; { look: true } for client credentials, which took no
 *                                      token away from anyone
 * Fails:    never
 */
const input = environment.variables.content.input;
// No write begins later than this after the start of the run, so that the run ends within 45 s.
const LAST_WRITE = 33500;

environment.output.saving = {
  fresh: input.fresh,
  base: input.base || {},
  asked: input.asked,
  writes: 0,
  deadline: input.startedAt + LAST_WRITE,
};
environment.output.write = {
  method: 'PUT',
  url: '/admin/config/settings/_fortnox_access_token',
  payload: {
    name: 'fortnox_access_token',
    value: JSON.stringify(input.fresh),
    type: 'object',
    tag: ['fortnox'],
    role: ['admin'],
    category: 'custom',
  },
};
environment.output.wait = 'PT0S';
environment.output.go = input.asked === 'client' ? { look: true } : { write: true };
next();
