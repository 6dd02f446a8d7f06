import { HUB, inputOf, inputText } from '../flow/connectors.js';
import { objectsIn, textsIn } from '../flow/given.js';
import { isLetterOff, isOtherSpelling } from '../letter-off.js';
import { nearHint } from '../near.js';
import { each, type Found, rulesOf } from '../rule.js';
import { problem, words } from '../text.js';

/** What a public address of the Hub takes. */
interface Takes {
  readonly path: RegExp;
  readonly names: readonly string[];
  /** What people call a name, and what it is called. */
  readonly meant: Readonly<Record<string, string>>;
}

const TAKES: readonly Takes[] = [
  {
    path: /^\/(my|admin)\/processes\/start\//,
    names: words('title description input item action'),
    meant: { inputs: 'input', name: 'title', variables: 'input', payload: 'input', body: 'input' },
  },
  {
    path: /^\/my\/login(\?|$)/,
    names: words('username password'),
    meant: { user: 'username', login: 'username', email: 'username', pass: 'password' },
  },
  {
    path: /^\/admin\/config\/settings/,
    names: words('key name value type tag role category description'),
    meant: { tags: 'tag', roles: 'role', val: 'value', values: 'value', settingKey: 'key' },
  },
];
/** What a mail of the Hub is known to have (onify/approval-example). */
const MAIL = words('to subject text');
/** What people call the text and the subject of a mail. */
const OF_MAIL: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    words('body message content msg mail plain plaintext').map((name) => [name, 'text']),
  ),
  ...Object.fromEntries(words('title topic header headline').map((name) => [name, 'subject'])),
};

/** Rules about what a call of the Hub hands over. */
export const payloadRules = rulesOf({
  'payload-field': {
    error: 'What is handed to the Hub under another name than it takes is not read.',
    flow: each('connectors', (connector, flow, blueprint) => {
      const payload = inputOf(connector, 'payload');
      const url = inputOf(connector, 'url');
      const texts = url && HUB.includes(connector.id) ? textsIn(url, flow, blueprint) : [];
      const takes = TAKES.find(({ path }) => texts.some(({ text }) => path.test(text)));
      if (!payload || !takes) {
        return [];
      }
      const { names, meant } = takes;
      return (objectsIn(payload, flow, blueprint) ?? []).flatMap(({ members, place: whole }) => {
        const given = new Set(members.map(({ name }) => name));
        const found = members.map(({ name, place }): Found => {
          const own = Object.hasOwn(meant, name) ? meant[name] : undefined;
          const near =
            own ?? names.find((one) => isLetterOff(one, name) || isOtherSpelling(one, name));
          const isWrong = near !== undefined && !names.includes(name) && !given.has(near);
          return isWrong && problem(place, `This call takes no ${name}. Did you mean ${near}?`);
        });
        const hint = `This call takes ${names.join(', ')}, and hands on what is in input.`;
        const isBare = members.length > 0 && !names.some((name) => given.has(name));
        const isLost = isBare && names.includes('input') && !found.some((one) => one);
        return isLost ? [problem(whole, hint, 'warning')] : found;
      });
    }),
  },
  'mail-field': {
    error: 'A mail goes to nobody where its payload names no "to".',
    flow: each('connectors', (connector, flow, blueprint) => {
      const payload = inputOf(connector, 'payload');
      const isMail = /^\/tools\/sendmail(\?|$)/.test(inputText(connector, 'url'));
      const mails =
        payload && isMail && HUB.includes(connector.id) ? objectsIn(payload, flow, blueprint) : [];
      return (mails ?? []).flatMap(({ members, place }) => {
        const names = members.map(({ name }) => name);
        const isMissing = members.length > 0 && !names.includes('to');
        const hasText = names.includes('text') || names.includes('html');
        const isEmpty = !isMissing && !hasText && names.every((name) => MAIL.includes(name));
        return [
          isMissing && problem(place, `This mail has no "to".${nearHint('to', names)} Add it.`),
          isEmpty && problem(place, 'This mail has no "text". Add it.', 'warning'),
          ...members.map((member): Found => {
            const { name } = member;
            const near = MAIL.find((one) => isLetterOff(one, name) || isOtherSpelling(one, name));
            const isKnown = MAIL.includes(name) || name === 'cc';
            if (!isKnown && near !== undefined && near !== 'to') {
              return problem(member.place, `A mail has no ${name}. Did you mean ${near}?`);
            }
            const meant = Object.hasOwn(OF_MAIL, name) ? OF_MAIL[name] : undefined;
            const has = meant === 'text' ? hasText : names.includes(meant ?? '');
            const message = `No public mail has ${name}. Did you mean ${meant}?`;
            // Without its text there is nothing to read; what a foreign name does is not public.
            const severity = meant === 'text' ? 'error' : 'warning';
            return meant !== undefined && !has && problem(member.place, message, severity);
          }),
        ];
      });
    }),
  },
});
