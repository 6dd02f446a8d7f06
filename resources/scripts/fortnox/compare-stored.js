/*
 * Compares what the Hub holds now with what should be there, before anything is written a second time.
 *
 * Runs as:  script task, after a look at the settings within "Save safely"
 * Reads:    environment.output.happened   what the look gave (read-settings.js, or the error of the call)
 *           environment.output.saving     .fresh (the token to keep), .base (the one before it), .asked, .deadline
 * Answers:  environment.output.go         { settled | write | look: true }
 *           environment.output.saved      { kept, superseded, statusCode }
 * Fails:    never
 *
 * Writing again blindly loses connections: the first write may have worked though its answer was lost, and
 * someone may have rotated since. So: our own token there, done; a newer one there, leave it; else write.
 */
const output = environment.output;
const look = output.happened || {};
const saving = output.saving;
const fresh = saving.fresh;
const base = saving.base;
delete output.happened;

const isNewer = (stored) => {
  if (!stored.access_token || stored.access_token === base.access_token) {
    return false;
  }
  // The refresh token that this run has used up is dead, whatever stands around it.
  if (saving.asked === 'refresh' && stored.refresh_token === base.refresh_token) {
    return false;
  }
  // Client credentials take nothing away from anyone, so whoever stored a token in the meantime goes first.
  if (saving.asked === 'client') {
    return true;
  }
  // A refresh of the company that was connected before must not undo a new activation.
  if (saving.asked === 'code' && stored.tenant_id !== fresh.tenant_id) {
    return false;
  }
  return !!stored.timestamp && Date.parse(stored.timestamp) >= Date.parse(fresh.timestamp);
};

const stored = look.ok ? look.token : null;
const isOwn =
  !!stored &&
  stored.access_token === fresh.access_token &&
  stored.refresh_token === fresh.refresh_token;

if (isOwn || (stored && isNewer(stored))) {
  output.saved = { kept: true, superseded: !isOwn, statusCode: null };
  output.go = { settled: true };
} else if (Date.now() > saving.deadline) {
  output.saved = {
    kept: false,
    statusCode: look.ok ? output.saved?.statusCode || null : look.statusCode || null,
  };
  output.go = { settled: true };
} else {
  output.wait = 'PT1S';
  if (stored && output.write) {
    // It is there, so it is updated; a 404 in answer to an earlier write was a mistake.
    output.write.method = 'PUT';
    output.write.url = '/admin/config/settings/_fortnox_access_token';
    delete output.write.payload.key;
  }
  output.go = look.ok ? { write: true } : { look: true };
}
next();
