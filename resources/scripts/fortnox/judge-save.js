/*
 * Judges whether the Hub kept the token. Only a 2xx answer with a JSON object says so: proxies and login pages
 * answer 200 as well. Anything else may or may not have worked, so the store is looked at before a second write.
 *
 * Runs as:  script task, after the write
 * Reads:    environment.output.happened   { statusCode, body } or { error }
 *           environment.output.write, .saving
 * Answers:  environment.output.go         { settled: true } or { look: true }
 *           environment.output.saved      { kept, statusCode }
 *           environment.output.write      as POST where the Hub has no such setting, as PUT again where it has one
 * Fails:    never
 */
const SETTING = '_fortnox_access_token';

const LONGEST_WAIT = 3;

const output = environment.output;
const happened = output.happened || {};
const write = output.write;
const saving = output.saving;
saving.writes += 1;
delete output.happened;

const body = happened.body;
const isObject = body !== null && typeof body === 'object' && !Array.isArray(body);
const kept = happened.statusCode >= 200 && happened.statusCode < 300 && isObject;

if (happened.statusCode === 404 && write.method === 'PUT') {
  write.method = 'POST';
  write.url = '/admin/config/settings';
  write.payload.key = SETTING;
} else if (happened.statusCode === 409 && write.method === 'POST') {
  write.method = 'PUT';
  write.url = '/admin/config/settings/' + SETTING;
  delete write.payload.key;
}

output.saved = { kept: kept, statusCode: happened.statusCode || null };
output.wait = 'PT' + Math.min(Math.ceil(saving.writes / 2), LONGEST_WAIT) + 'S';
output.go = kept ? { settled: true } : { look: true };
next();
