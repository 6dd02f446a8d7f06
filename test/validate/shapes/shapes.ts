import { condition, drawn, map, type Shape, service, ways } from './parts.js';

const START = '    <bpmn:startEvent id="StartEvent_1" />';
const END = '    <bpmn:endEvent id="Event_0x1y2z3" />';
const config = (value: unknown) => JSON.stringify(value, null, 2);
const workflow = (key: string) => ({
  key,
  name: key,
  bpmnresource: `/flows/${key}.bpmn`,
  role: ['user'],
  tag: ['demo'],
});
const form = (slug: string, key: string) => ({
  slug,
  title: slug,
  template: { form: `/forms/${slug}.pug`, result: `/forms/${slug}-result.pug` },
  role: ['user'],
  process: { workflow: key },
});
const RESULT =
  'extends ../views/form/default-confirmation-form\nblock formContent\n  p Thank you\n';

const inline = drawn(
  'inline-scripts',
  `${START}
    <bpmn:scriptTask id="Activity_0a" name="Count" scriptFormat="javascript"><bpmn:script><![CDATA[
      // a < b && c > d stays as it is
      const numbers = [1, 2, 3].filter((number) => number < 3 && number > 0);
      environment.output.count = numbers.length;
      (async () => { await null; next(null, { sum: numbers.reduce((a, b) => a + b, 0) }); })();
    ]]></bpmn:script></bpmn:scriptTask>
    <bpmn:exclusiveGateway id="Gateway_0b" default="Flow_dab_0d" />
    <bpmn:scriptTask id="Activity_0c" scriptFormat="JavaScript" camunda:resource="/scripts/demo/log.js" />
    <bpmn:scriptTask id="Activity_0d" scriptFormat="js"><bpmn:script>
      if (environment.output.count &gt; 1 &amp;&amp; typeof functions !== 'undefined') environment.output.id = functions.generateUuid();
      const done = () =&gt; next();
      Promise.resolve().then(done, next);
    </bpmn:script></bpmn:scriptTask>
${END}
${ways('StartEvent_1 Activity_0a', 'Activity_0a Gateway_0b', `Gateway_0b Activity_0c ${condition('next(null, environment.output.count === 99);', 'js')}`, 'Activity_0c Event_0x1y2z3', 'Activity_0d Event_0x1y2z3')}
    <bpmn:sequenceFlow id="Flow_dab_0d" sourceRef="Gateway_0b" targetRef="Activity_0d" />`,
);

const loops = drawn(
  'lanes-and-loops',
  `    <bpmn:laneSet id="LaneSet_1"><bpmn:lane id="Lane_1" name="Hub"><bpmn:flowNodeRef>StartEvent_1</bpmn:flowNodeRef><bpmn:flowNodeRef>Activity_list</bpmn:flowNodeRef><bpmn:flowNodeRef>Activity_each</bpmn:flowNodeRef><bpmn:flowNodeRef>Gateway_fork</bpmn:flowNodeRef></bpmn:lane><bpmn:lane id="Lane_2" name="Other"><bpmn:flowNodeRef>Activity_sub</bpmn:flowNodeRef><bpmn:flowNodeRef>Event_wait</bpmn:flowNodeRef><bpmn:flowNodeRef>Gateway_join</bpmn:flowNodeRef><bpmn:flowNodeRef>Gateway_again</bpmn:flowNodeRef><bpmn:flowNodeRef>Event_0x1y2z3</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
${START}
    <bpmn:scriptTask id="Activity_list" scriptFormat="js"><bpmn:script>environment.output.items = ['a', 'b']; environment.output.tries = 0; next();</bpmn:script></bpmn:scriptTask>
    <bpmn:scriptTask id="Activity_each" scriptFormat="js"><bpmn:multiInstanceLoopCharacteristics isSequential="true" camunda:collection="\${environment.output.items}" camunda:elementVariable="item" /><bpmn:script>next(null, content.item);</bpmn:script></bpmn:scriptTask>
    <bpmn:parallelGateway id="Gateway_fork" />
    <bpmn:subProcess id="Activity_sub">
      <bpmn:startEvent id="Event_in" />
      <bpmn:scriptTask id="Activity_in" scriptFormat="js"><bpmn:script>next();</bpmn:script></bpmn:scriptTask>
      <bpmn:endEvent id="Event_out" />
      <bpmn:sequenceFlow id="Flow_in1" sourceRef="Event_in" targetRef="Activity_in" />
      <bpmn:sequenceFlow id="Flow_in2" sourceRef="Activity_in" targetRef="Event_out" />
    </bpmn:subProcess>
    <bpmn:intermediateCatchEvent id="Event_wait"><bpmn:timerEventDefinition id="Timer_1"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT0.01S</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
    <bpmn:parallelGateway id="Gateway_join" />
    <bpmn:exclusiveGateway id="Gateway_again" default="Flow_done" />
    <bpmn:scriptTask id="Activity_try" scriptFormat="js"><bpmn:script>environment.output.tries += 1; next();</bpmn:script></bpmn:scriptTask>
${END}
${ways('StartEvent_1 Activity_list', 'Activity_list Activity_each', 'Activity_each Gateway_fork', 'Gateway_fork Activity_sub', 'Gateway_fork Event_wait', 'Activity_sub Gateway_join', 'Event_wait Gateway_join', 'Gateway_join Activity_try', 'Activity_try Gateway_again', `Gateway_again Activity_try ${condition('next(null, environment.output.tries &lt; 3);', 'javascript')}`)}
    <bpmn:sequenceFlow id="Flow_done" sourceRef="Gateway_again" targetRef="Event_0x1y2z3" />
    <bpmn:textAnnotation id="TextAnnotation_1"><bpmn:text>Tries three times</bpmn:text></bpmn:textAnnotation>
    <bpmn:association id="Association_1" sourceRef="Gateway_again" targetRef="TextAnnotation_1" />`,
);

const hubCalls = drawn(
  'hub-calls',
  `${START}
${service('Activity_settings', 'onifyApiRequest', { url: '/my/config/settings?tag=servicenow' }, { settings: '${content.output.body}' })}
${service('Activity_mail', 'onifyApiRequest', { url: '/my/helpers/sendmail', method: 'post', payload: map({ to: 'someone@example.com', subject: 'Hej ${environment.variables.input.name}!', html: '&lt;b&gt;Ok&lt;/b&gt;' }) })}
${service('Activity_find', 'onifyElevatedApiRequest', { url: '/admin/workflows', query: map({ pagesize: '10', query: 'key:demo*' }), throwHttpErrors: '${false}' }, { status: '<camunda:script scriptFormat="js">next(null, { statuscode: content.output.statusCode });</camunda:script>' })}
${service('Activity_run', 'onifyApiRequest', { url: '/my/workflows/run/some-flow-of-the-hub?timeout=30', method: 'POST' }, { ran: '${content.output.body.output}' })}
${service('Activity_away', 'onifyApiRequest', { url: '/my/items/${environment.variables.input.name}', method: 'DELETE' })}
${service('Activity_http', 'httpRequest', { url: '${environment.output.settings._servicenow_url}/api/now/table', method: 'PATCH', headers: map({ Accept: 'application/json', Authorization: 'Basic ${environment.output.settings._servicenow_credentials}' }), json: map({ state: '${environment.variables.input.name}' }), responseType: 'json', retry: map({ limit: '${2}' }) }, { answer: '${content.output.body.result[0].sys_id}' })}
    <bpmn:boundaryEvent id="Event_err" attachedToRef="Activity_http"><bpmn:errorEventDefinition id="ErrorEventDefinition_1" /></bpmn:boundaryEvent>
    <bpmn:scriptTask id="Activity_clear" scriptFormat="js"><bpmn:script>const { output } = environment; delete output.settings; delete output['answer']; next();</bpmn:script></bpmn:scriptTask>
${END}
${ways('StartEvent_1 Activity_settings', 'Activity_settings Activity_mail', 'Activity_mail Activity_find', 'Activity_find Activity_run', 'Activity_run Activity_away', 'Activity_away Activity_http', 'Activity_http Activity_clear', 'Event_err Activity_clear', 'Activity_clear Event_0x1y2z3')}`,
);

const order = drawn(
  'order-something',
  `${START}
    <bpmn:scriptTask id="Activity_order" scriptFormat="js" camunda:resource="/scripts/order.js" />
${END}
${ways('StartEvent_1 Activity_order', 'Activity_order Event_0x1y2z3')}`,
);

const scheduled = drawn(
  'nightly',
  `    <bpmn:startEvent id="StartEvent_1"><bpmn:timerEventDefinition id="Timer_1"><bpmn:timeCycle xsi:type="bpmn:tFormalExpression">0 3 * * *</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:startEvent>
    <bpmn:userTask id="Activity_look" name="Look at it" camunda:candidateUsers="\${environment.variables.who}" />
    <bpmn:manualTask id="Activity_do" />
    <bpmn:receiveTask id="Activity_get" />
${END}
${ways('StartEvent_1 Activity_look', 'Activity_look Activity_do', 'Activity_do Activity_get', 'Activity_get Event_0x1y2z3')}`,
);

const everyElement = `//- every element that is known
extends ../views/form/default-form

mixin price(amount)
  p.price= amount + ' kr'

append formConfig
  +formOptions({ submitButtonName: 'Order', hideBackButton: true, formDescription: 'Order *something* at {location}.', pageTitle: "Order" })

block formContent
  - var sizes = ['S', 'M', 'L']
  +formElement({ name: 'item', label: 'Item', required: true, pattern: '[\\\\p{L} ]{2,}', helpText: 'See [the shop](https://shop.example.com) or <a href="https://x.example.com" target="_blank" rel="noopener noreferrer">more</a>' })
  +formElement({ type: 'textarea', name: 'why', value: 'Because …', readonly: false })
  +formElement({ type: 'number', name: 'count', value: 1 })
  +formElement({ type: 'checkbox', name: 'urgent', value: true })
  +formElement({ type: 'itemSelect', name: 'size', label: \`Size\`, options: sizes, multiple: false })
  +formElement({ type: 'simpleText', name: 'note', value: 'Ordering {item}', visible: { ifField: 'urgent', hasValue: true } })
  +formElement({ type: 'link', name: 'more', value: 'https://example.com/{item}', label: 'More' })
  +formElement({ type: 'runWorkflow', name: 'stock', buttonLabel: 'Is it there?', workflow: 'order-something', timeout: 30, input: { item: '{item}', 'count': '{count}' } })
  +formElement({ type: 'processOutput', name: 'out', format: 'table', loadingText: 'Wait' })
  if user
    p(class='hello') Hello #{user.name}
  each size in sizes
    span= size
  +price(12)
  a(href='https://example.com', target='_blank', rel='noopener') Terms
`;

const crlf = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`;

/** Blueprints of other shapes, all of which work. */
export const shapes: Readonly<Record<string, Shape>> = {
  'flows and forms below resources/': {
    files: {
      'config.json': config({
        workflow: [workflow('order-something')],
        form: [form('order', 'order-something')],
      }),
      'resources/flows/order-something.bpmn': order,
      'resources/forms/order.pug': everyElement,
      'resources/forms/order-result.pug': RESULT,
      'resources/scripts/order.js':
        'const { item, count = 1 } = environment.variables.submit || {};\nenvironment.output.text = `${count} ${item}`;\nnext();\n',
    },
    runs: { 'resources/flows/order-something.bpmn': { submit: { item: 'Pen' } } },
  },
  'flows at the top level, without config.json': {
    files: {
      'inline.bpmn': inline,
      'loops.bpmn': loops,
      'scripts/demo/log.js': "logger.info('x');\nnext();\n",
      'README.md': '# Demo\n',
    },
    runs: { 'inline.bpmn': {}, 'loops.bpmn': {} },
  },
  'BPMN without a prefix': {
    files: {
      'flows/loops.bpmn': loops
        .replace('xmlns:bpmn=', 'xmlns=')
        .replaceAll('bpmn:t', 't')
        .replace(/(<\/?)bpmn:/g, '$1'),
    },
    runs: { 'flows/loops.bpmn': {} },
  },
  'BPMN with another prefix': {
    files: {
      'flows/loops.bpmn': loops
        .replace('xmlns:bpmn=', 'xmlns:bpmn2=')
        .replace(/(<\/?|")bpmn:/g, '$1bpmn2:'),
    },
    runs: { 'flows/loops.bpmn': {} },
  },
  'only config.json': {
    files: {
      'config.json': config({
        role: [{ key: 'demo', name: 'Demo' }],
        locale: [{ key: 'sv', texts: { hello: 'Hej' } }],
        dashboard: [],
        shortcut: [{ key: 'x', url: '/x' }],
        option: [],
        bulletin: [],
      }),
    },
    runs: {},
  },
  'calls of the Hub and of others': {
    files: {
      'config.json': config({ workflow: [workflow('hub-calls')] }),
      'flows/hub-calls.bpmn': hubCalls,
    },
    runs: { 'flows/hub-calls.bpmn': { input: { name: 'Åsa' } } },
  },
  'Swedish text, CRLF and a byte order mark': {
    files: {
      'config.json': crlf(
        config({
          workflow: [
            { ...workflow('bestall'), name: 'Beställ något', bpmnresource: '/flows/beställ.bpmn' },
          ],
          form: [form('beställning', 'bestall')],
        }),
      ),
      'flows/beställ.bpmn': crlf(
        order
          .replaceAll('order-something', 'bestall')
          .replace('id="Activity_order"', 'id="Activity_order" name="Beställ på nätet – åäö"'),
      ),
      'forms/beställning.pug': crlf(
        everyElement
          .replace("'Item'", "'Vara på svenska'")
          .replace('order-something', 'bestall')
          .replaceAll('  ', '\t'),
      ),
      'forms/beställning-result.pug': crlf(RESULT.replace('Thank you', 'Tack så mycket')),
      'scripts/order.js': crlf(
        "const given = environment.variables.submit || environment.variables.input || {};\nenvironment.output.text = 'Beställt: ' + given.item;\nnext();\n",
      ),
    },
    runs: { 'flows/beställ.bpmn': { submit: { item: 'Gåva' } } },
  },
  'a schedule and tasks for people': {
    files: {
      'config.json': config({ workflow: [workflow('nightly')] }),
      'flows/nightly.bpmn': scheduled,
    },
    runs: {},
  },
  'a project with tests, modules and dotfiles of its own': {
    files: {
      'package.json': '{ "name": "blueprint-demo", "devDependencies": { "mocha": "10.0.0" } }',
      'package-lock.json': '{ "lockfileVersion": 3 }',
      'config.json': config({ workflow: [workflow('order-something')] }),
      'flows/order-something.bpmn': order,
      'scripts/order.js': 'next();\n',
      'test/broken.bpmn': '<broken',
      'node_modules/x/broken.bpmn': '<broken',
      'flows/.hidden.bpmn': '<broken',
      '.github/workflows/ci.yml': 'password: "s3cret-in-ci-99"',
      '.env': 'PASSWORD="s3cret-in-env-99"',
      'README.md': 'Set `authorization: Bearer <your token>` and `password: "your-password"`.\n',
    },
    runs: { 'flows/order-something.bpmn': {} },
  },
};
