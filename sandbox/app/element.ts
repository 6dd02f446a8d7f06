/** What a form gives to `+formElement`; the members that public sources name. */
export interface FormElement {
  readonly type?: string;
  readonly name?: string;
  readonly label?: string;
  readonly value?: unknown;
  readonly url?: string;
  readonly helpText?: string;
  readonly visible?: unknown;
  readonly input?: unknown;
  readonly [member: string]: unknown;
}

/** An element, ready for the mixins. */
export interface Prepared extends FormElement {
  readonly type: string;
  readonly id: string;
  /** The helpText as HTML; `{field}` still stands in it. */
  readonly help: string;
  /** The members that the page's script reads, as JSON. */
  readonly data: Readonly<Record<'visible' | 'input', string | undefined>>;
}

const LINK = /\[([^\]]+)\]\(([^()\s]+)\)/g;

/** @returns a function that prepares the elements of one page, and gives each an id of its own */
export function elementsOfPage(): (element: FormElement) => Prepared {
  let count = 0;
  return (element) => {
    count += 1;
    return {
      ...element,
      type: element.type ?? 'textField',
      id: `element-${count}`,
      help: withLinks(element.helpText ?? ''),
      data: { visible: json(element.visible), input: json(element.input) },
    };
  };
}

// Links are the only Markdown that is documented for a helpText; HTML is shown as it is.
function withLinks(text: string): string {
  return text.replaceAll(LINK, '<a href="$2">$1</a>');
}

function json(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}
