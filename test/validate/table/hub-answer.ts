import { asking, giving, parameters, put } from './build.js';
import type { Input, Topic } from './rows.js';

/** A call whose task passes on a member of the body. */
const member = (url: string, path: string): Input =>
  asking({ url }, { task: parameters(put('a', `\${content.output.body.${path}}`)) });
/** A call whose own output is made of the body. */
const script = (url: string, text: string): Input =>
  asking(
    { url },
    {
      outputs: put('a', giving(`next(null, ${text});`)),
      task: parameters(put('a', '${content.output.a}')),
    },
  );
const SETTINGS = '/my/config/settings?tag=order';

/** Rules about what is read of the Hub's answers. */
export const hubAnswers: Topic = {
  'hub-answer': {
    finds: {
      'a setting without its underscore': member(SETTINGS, 'order_state'),
      'a list of settings': script(SETTINGS, 'body.records.map((one) => one.key)'),
      'the value of one setting by its key': member(
        '/my/config/settings/_order_state',
        '_order_state',
      ),
      'the value under another name': script('/my/config/settings/_order_state', 'body.valeu'),
      'a list of workflows as it is': script('/admin/workflows?pagesize=10', 'body.map(String)'),
      'a list under another name': member('/admin/processes?query=a', 'record'),
      'a history that is no record': member('/admin/resources/history', 'commitid'),
    },
    nearMisses: {
      'a setting': member(SETTINGS, '_order_state'),
      'what a failure answers': script(SETTINGS, 'body.message ?? body.statusCode'),
      'a setting that is only asked for': script(SETTINGS, 'body.state || body._order_state'),
      'an answer of either kind': script(SETTINGS, '[body.value, body._order_state]'),
      'the value of a setting': script('/my/config/settings/_order_state', 'body.value'),
      'the tag of a setting': script('/my/config/settings/_order_state', 'body.tag'),
      'the list of workflows': script(
        '/admin/workflows?pagesize=10',
        'body.records.map((one) => one.key)',
      ),
      'the first of a history': script('/admin/resources/history', 'body[0]?.commitid'),
      'another address': member('/my/items/1', 'records'),
      'an address of two kinds': asking(
        { url: giving("next(null, content.a ? '/my/config/settings?tag=a' : '/my/items');") },
        { task: parameters(put('a', '${content.output.body.records}')) },
      ),
    },
  },
};
