/*
 * Says in what state the connection is, without a secret: for the form, and for whoever asks.
 *
 * Runs as:  script task, after a look at the settings
 * Reads:    environment.output.happened   what the look gave (read-settings.js, or the error of the call)
 *           environment.output.path       not empty, where the record itself was asked for
 *           environment.variables.input   .format: 'text' asks for sentences, as the form shows them
 * Answers:  environment.output.output     { connected, company, tenantId, since, healthyUntil, refreshedAt, grant, scope }
 *             since         when it was activated; null where an older version did that
 *             healthyUntil  when the refresh token ends, unless something refreshes before; null while client
 *                           credentials work, which have no end
 *             grant         client_credentials or refresh_token: what the next refresh begins with
 *           or, with the format 'text', the same in plain sentences, without < and >, as a form may show them as HTML
 *           environment.output.go         { again: true }, with .path, where the token is to be asked for by its key first
 * Fails:    where the settings could not be read; then environment.output holds .failure for explain.js, and no secret
 */
const DAY = 24 * 3600 * 1000;
const REFRESH_TOKEN_LIFE = 31 * DAY;
const output = environment.output;
const look = output.happened || { ok: false };
const given = environment.variables?.input || {};
const isByKey = !!output.path;
Object.keys(output).forEach((name) => {
  if (name !== 'state') {
    delete output[name];
  }
});

const plain = (value) => String(value).replace(/[<>]/g, '').slice(0, 200);
const day = (time) => String(time).slice(0, 10);
const sentencesOf = ({ connected, company, tenantId, since, healthyUntil, refreshedAt, grant }) => {
  if (!connected) {
    return 'Fortnox is not connected.';
  }
  const id = tenantId ? 'tenant id ' + plain(tenantId) : '';
  const named = company ? plain(company) + (id && ' (' + id + ')') : id;
  const sentences = ['Fortnox is connected' + (named && ': ' + named) + '.'];
  if (since) {
    sentences.push('Connected since ' + plain(day(since)) + '.');
  }
  if (refreshedAt) {
    sentences.push('Last refreshed ' + plain(day(refreshedAt)) + '.');
  }
  if (healthyUntil) {
    sentences.push('Healthy until ' + day(healthyUntil) + '; each refresh makes that later.');
  } else if (grant === 'client_credentials') {
    sentences.push('It does not run out as long as the company keeps its consent.');
  }
  return sentences.join(' ');
};

if (!look.ok) {
  output.failure = { kind: 'settings-unreadable', statusCode: look.statusCode || null };
  next(new Error('settings-unreadable'));
} else if (!look.hasToken && !isByKey) {
  // One list that lacks the token is not believed: a list can be behind, and a lost tag hides it.
  output.path = '/_fortnox_access_token';
  output.go = { again: true };
  next();
} else {
  const token = look.token || {};
  const connected = !!(token.refresh_token || token.tenant_id);
  const isClient =
    !!token.tenant_id &&
    !token.client_credentials_rejected &&
    (!!token.client_credentials_proven || !token.refresh_token);
  const issued = Date.parse(token.refresh_token_timestamp);
  const report = {
    connected: connected,
    company: token.company || null,
    tenantId: token.tenant_id || null,
    since: token.connected_at || null,
    healthyUntil:
      connected && !isClient && issued ? new Date(issued + REFRESH_TOKEN_LIFE).toISOString() : null,
    refreshedAt: token.timestamp || null,
    grant: connected ? (isClient ? 'client_credentials' : 'refresh_token') : null,
    scope: token.scope || '',
  };
  output.output = given.format === 'text' ? sentencesOf(report) : report;
  output.status = {
    statuskey: 'complete',
    statusmessage: connected ? 'Fortnox is connected' : 'Fortnox is not connected',
  };
  next();
}
