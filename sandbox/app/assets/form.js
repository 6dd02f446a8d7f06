// The page's own script: fields that show in texts as they are typed, elements that come and go, buttons that run
// workflows, and the state of a process. It loads nothing and keeps nothing.

const form = document.getElementById('form');
const settings = form.dataset;

const fieldsOf = (name) =>
  [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)].filter(({ disabled }) => !disabled);

const fieldValue = (name) => {
  const [field] = fieldsOf(name);
  if (!field) {
    return '';
  }
  return field.type === 'checkbox' ? String(field.checked) : field.value;
};

const escaped = (text) => {
  const element = document.createElement('i');
  element.textContent = text;
  return element.innerHTML.replaceAll('"', '&quot;').replaceAll("'", '&#39;');
};

const filled = (text, change) =>
  text.replace(/\{(\w+)\}/g, (whole, name) =>
    form.querySelector(`[name="${CSS.escape(name)}"]`) ? change(fieldValue(name)) : whole,
  );

// { ifField, hasValue } compares; { ifField, containsValue: true } asks for any value. Nothing else is documented.
const isMet = (condition) => {
  if (typeof condition !== 'object' || condition === null) {
    return condition !== false;
  }
  const value = fieldValue(condition.ifField);
  if ('hasValue' in condition) {
    return value === String(condition.hasValue);
  }
  return condition.containsValue === true && value !== '' && value !== 'false';
};

const showElements = () => {
  for (const element of form.querySelectorAll('[data-visible]')) {
    element.hidden = !isMet(JSON.parse(element.dataset.visible));
    for (const field of element.querySelectorAll('input, textarea, select')) {
      field.disabled = element.hidden;
    }
  }
};

const showTexts = () => {
  const change = settings.fieldInHelp === 'escaped' ? escaped : (text) => text;
  for (const help of form.querySelectorAll('[data-help]')) {
    const html = filled(help.dataset.help, change);
    if (help.dataset.shown !== html) {
      help.innerHTML = html;
      help.dataset.shown = html;
    }
  }
  for (const link of form.querySelectorAll('[data-url]')) {
    const { url } = link.dataset;
    link.href = settings.fieldInUrl === 'resolved' ? filled(url, (text) => text) : url;
  }
};

const update = () => {
  showElements();
  showTexts();
};

const textOf = (output) =>
  typeof output === 'string' ? output : JSON.stringify(output ?? '', null, 2);

const run = async (button) => {
  const field = button.parentElement.querySelector('input[type=hidden]');
  const outcome = button.parentElement.querySelector('.outcome');
  const input = Object.fromEntries(
    Object.entries(JSON.parse(button.dataset.input ?? '{}')).map(([name, text]) => [
      name,
      typeof text === 'string' ? filled(text, (value) => value) : text,
    ]),
  );
  button.disabled = true;
  outcome.textContent = 'Running …';
  outcome.classList.remove('error');
  try {
    const query = button.dataset.timeout ? `?timeout=${button.dataset.timeout}` : '';
    const address = `/api/v2/my/workflows/run/${encodeURIComponent(button.dataset.run)}${query}`;
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    const body = await answer.json();
    if (!answer.ok) {
      throw new Error(body.error?.message ?? body.message);
    }
    field.value = textOf(body.output);
    outcome.textContent = 'Done.';
  } catch (error) {
    field.value = '';
    outcome.classList.add('error');
    outcome.textContent = error.message;
  }
  button.disabled = false;
  button.focus();
  update();
};

const WORDS = { done: 'done', error: 'failed', running: 'running' };

const milestone = ({ name, state, message }) => {
  const item = document.createElement('li');
  item.className = state;
  item.textContent = `${name}: ${message ? `${WORDS[state]}. ${message}` : WORDS[state]}`;
  return item;
};

const table = (output) => {
  const made = document.createElement('table');
  for (const [name, value] of Object.entries(Object(output))) {
    const row = made.insertRow();
    row.insertCell().textContent = name;
    row.insertCell().textContent = textOf(value);
  }
  return made;
};

const showOutput = (place, output) => {
  const format = place.dataset.processOutput;
  if (format === 'table') {
    place.replaceChildren(table(output));
  } else if (format === 'html') {
    place.innerHTML = textOf(output);
  } else {
    place.textContent = textOf(output);
  }
};

const report = (error) => {
  const place = form.querySelector('[data-process-status]');
  if (place) {
    place.textContent = `The page could not be brought up to date: ${error.message}`;
  }
};

const follow = async (id) => {
  const answer = await fetch(`/process/${id}/state`);
  const { milestones, status, output } = await answer.json();
  for (const list of form.querySelectorAll('[data-process-state]')) {
    list.replaceChildren(...milestones.map(milestone));
  }
  if (status.statuskey === 'running') {
    setTimeout(() => follow(id).catch(report), 200);
    return;
  }
  for (const place of form.querySelectorAll('[data-process-status]')) {
    place.textContent = settings.status === 'shown' ? status.statusmessage : '';
    place.classList.toggle('error', status.statuskey === 'error');
  }
  for (const place of form.querySelectorAll('[data-process-output]')) {
    showOutput(place, output);
  }
  document.body.dataset.ended = status.statuskey;
};

form.addEventListener('input', update);
form.addEventListener('click', (event) => {
  if (event.target.matches?.('[data-run]')) {
    run(event.target).catch(report);
  }
});
update();
if (settings.process) {
  follow(settings.process).catch(report);
}
