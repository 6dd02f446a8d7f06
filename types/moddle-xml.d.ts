// moddle-xml ships no types; this is the part that is used here.
declare module 'moddle-xml' {
  export class Writer {
    constructor(options?: { format?: boolean; preamble?: boolean });
    /** @returns the XML of an element that moddle made or read */
    toXML(element: object): string;
  }
}
