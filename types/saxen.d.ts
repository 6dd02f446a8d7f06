// saxen ships no types; this is the part that is used here.
declare module 'saxen' {
  type Decode = (text: string) => string;

  export class Parser {
    /** Maps namespaces to the prefixes that names are told with. */
    ns(prefixes: Record<string, string>): this;
    on(
      event: 'openTag',
      listener: (
        name: string,
        getAttributes: () => Record<string, string> | false,
        decode: Decode,
        isClosed: boolean,
      ) => void,
    ): this;
    on(
      event: 'closeTag',
      listener: (name: string, decode: Decode, isOpened: boolean) => void,
    ): this;
    on(
      event: 'text' | 'comment' | 'attention',
      listener: (text: string, decode: Decode) => void,
    ): this;
    on(event: 'cdata' | 'question', listener: (text: string) => void): this;
    on(event: 'error' | 'warn', listener: (error: Error) => void): this;
    parse(xml: string): Error | null;
    stop(): void;
  }
}
