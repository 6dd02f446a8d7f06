/*
 * Judges how the refresh went, and whether a person must be called.
 *
 * Runs as:  script task, after the refresh flow was run
 * Reads:    environment.output.happened   copy-run-answer.js, or the error of the call
 *           environment.output.plan       .failures, .to, .lastToken (plan-schedule.js)
 * Answers:  environment.output.go         { done | again | mail: true }, or nothing: failed, and nobody to call
 *           environment.output.plan.wait, .failure for explain.js, .mail { to, subject, text }
 * Fails:    never
 *
 * A failure is tried again after an hour. Then a person is called where only a person can mend it; for what heals by
 * itself only on the third day. How many days it has failed is told by the stored token: each good day stores one.
 */
const THIRD_DAY = 2.5 * 24 * 3600 * 1000;
const output = environment.output;
const happened = output.happened || {};
const plan = output.plan;
delete output.happened;
output.go = {};

// Who must do what, on which page; in English and in Swedish. What is not here heals by itself, as a rule.
const FORM = '/form/fortnox-activate';
const SETTINGS = '/admin/settings';
const PEOPLE = {
  refused: [
    'A system administrator of the company in Fortnox must approve the connection again at ' +
      FORM +
      '.',
    'Fortnox godkänner inte längre anslutningen. En systemadministratör för företaget i Fortnox måste godkänna den igen på ' +
      FORM +
      '.',
  ],
  'not-connected': [
    'A system administrator of the company in Fortnox must approve the connection at ' + FORM + '.',
    'Fortnox är inte anslutet. En systemadministratör för företaget i Fortnox måste godkänna anslutningen på ' +
      FORM +
      '.',
  ],
  'token-missing': [
    'An Onify administrator must run "fortnox-blueprint install", then look at ' + SETTINGS + '.',
    'Inställningen fortnox_access_token saknas. En Onify-administratör måste köra "fortnox-blueprint install" och se efter på ' +
      SETTINGS +
      '.',
  ],
  licence: [
    "A system administrator of the company must add the licence in Fortnox, under the company's subscriptions.",
    'Företaget saknar licens för integrationen. En systemadministratör för företaget måste lägga till licensen i Fortnox, under företagets abonnemang.',
  ],
  client: [
    'An Onify administrator must correct the client id and secret at ' +
      SETTINGS +
      '; support@onify.co has them.',
    'Fortnox godkänner inte klient-id och hemlighet. En Onify-administratör måste rätta dem på ' +
      SETTINGS +
      '; support@onify.co har dem.',
  ],
  'settings-missing': [
    'An Onify administrator must set the client id and secret at ' +
      SETTINGS +
      '; support@onify.co has the secret.',
    'Klient-id eller hemlighet saknas. En Onify-administratör måste ange dem på ' +
      SETTINGS +
      '; support@onify.co har hemligheten.',
  ],
  'settings-masked': [
    'An Onify administrator must ask support@onify.co how flows may read the secret that stands at ' +
      SETTINGS +
      '.',
    'Hubben visar bara en maskerad hemlighet. En Onify-administratör måste fråga support@onify.co hur flöden får läsa den, se ' +
      SETTINGS +
      '.',
  ],
};
const OTHERS = [
  'It has failed for three days. An Onify administrator should look at the process fortnox-refresh-schedule and at ' +
    SETTINGS +
    '.',
  'Förnyelsen har misslyckats i tre dagar. En Onify-administratör bör titta på processen fortnox-refresh-schedule och på ' +
    SETTINGS +
    '.',
];

const sentence =
  happened.message ||
  'The flow fortnox-refresh-access-token could not be run' +
    (happened.statusCode ? ' (HTTP ' + happened.statusCode + ')' : '') +
    '. Run it by hand with "fortnox-blueprint refresh" to see more. [not-run]';

if (happened.isRefreshed) {
  output.go.done = true;
  delete output.plan;
  delete output.failure;
  output.status = { statuskey: 'complete', statusmessage: 'The Fortnox token is fresh' };
} else {
  plan.failures += 1;
  plan.wait = 'PT1H';
  const code = (/\[([a-z-]+)\]$/.exec(sentence) || [])[1] || 'unknown';
  output.failure = { kind: 'as-is', message: sentence, code: code };
  const person = Object.hasOwn(PEOPLE, code) ? PEOPLE[code] : null;
  const isLong = Date.now() - Date.parse(plan.lastToken) > THIRD_DAY;
  if (plan.failures < 2) {
    output.go.again = true;
  } else if (plan.to && (person || isLong)) {
    const [english, swedish] = person || OTHERS;
    output.go.mail = true;
    output.mail = {
      to: plan.to,
      subject: 'Fortnox in Onify needs you / Fortnox i Onify behöver dig',
      text: [
        'The daily refresh of the Fortnox connection failed:',
        sentence,
        english,
        '',
        'Den dagliga förnyelsen av Fortnox-anslutningen misslyckades.',
        swedish,
      ].join('\n'),
    };
  }
}
next();
