import { asking, giving, map } from './build.js';
import type { Input, Topic } from './rows.js';

const mail = (entries: Readonly<Record<string, string>>) =>
  asking({ url: '/tools/sendmail', method: 'POST', payload: map(entries) });

const starting = (payload: string): Input =>
  asking({ url: '/my/processes/start/sum', method: 'POST', payload });
const login = (entries: Readonly<Record<string, string>>): Input =>
  asking({ url: '/my/login', method: 'POST', payload: map(entries) });

/** Rules about what a call of the Hub hands over. */
export const payloads: Topic = {
  'payload-field': {
    finds: {
      'an input under another name': starting(giving('next(null, { inputs: { week: 1 } });')),
      'a title that is a letter off': starting(map({ titel: 'A', description: 'B' })),
      'an input that is handed over as it is': starting(map({ week: '1' })),
      'a user under another name': login({ user: 'a', password: '${environment.variables.p}' }),
      'a tag of a setting under another name': asking({
        url: '/admin/config/settings?refresh=true',
        method: 'POST',
        payload: giving("next(null, { key: '_a_b', value: 1, type: 'string', tags: ['a'] });"),
      }),
    },
    nearMisses: {
      'what a start takes': starting(giving("next(null, { title: 'A', input: { week: 1 } });")),
      'more than is public': starting(giving("next(null, { title: 'A', priority: 1 });")),
      'what a login takes': login({ username: 'a', password: '${environment.variables.p}' }),
      'an item of the Hub': asking({
        url: '/my/items',
        method: 'POST',
        payload: map({ name: 'A', tags: 'a', user: 'b' }),
      }),
    },
  },
  'mail-field': {
    finds: {
      'a receiver under another name': mail({ too: 'a@b.example', subject: 'A', text: 'B' }),
      'a receiver under another name in a script': asking({
        url: '/tools/sendmail',
        method: 'POST',
        payload: giving("next(null, { too: 'a@b.example', subject: 'A', text: 'B' });"),
      }),
      'no receiver': mail({ subject: 'A', text: 'B' }),
      'a text under another name': mail({ to: 'a@b.example', subject: 'A', body: 'B' }),
      'a subject under another name': mail({ to: 'a@b.example', title: 'A', text: 'B' }),
      'no text': mail({ to: 'a@b.example', subject: 'A' }),
      'a subject that is a letter off': mail({ to: 'a@b.example', subjet: 'A', text: 'B' }),
    },
    nearMisses: {
      'what a mail has': mail({ to: 'a@b.example', subject: 'A', text: 'B' }),
      'more than is public': mail({ to: 'a@b.example', cc: 'c@b.example', html: 'B' }),
      'a text beside what is not public': mail({ to: 'a@b.example', text: 'B', body: 'B' }),
      'a payload that is worked out': asking({
        url: '/tools/sendmail',
        method: 'POST',
        payload: '${environment.variables.input.mail}',
      }),
    },
  },
};
