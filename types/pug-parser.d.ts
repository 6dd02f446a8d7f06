// pug-parser 6 and pug-lexer 5 ship no types; this is the part that is used here.
declare module 'pug-parser' {
  /** A node of pug-parser's tree; which members it has depends on its type. */
  export interface PugNode {
    readonly type: string;
    readonly line: number;
    readonly column?: number;
    readonly name?: string;
    readonly mode?: 'append' | 'prepend' | 'replace';
    readonly args?: string | null;
    readonly call?: boolean;
    readonly val?: string;
    readonly buffer?: boolean;
    readonly mustEscape?: boolean;
    readonly file?: PugNode & { readonly path: string };
    readonly attrs?: readonly {
      name: string;
      val: string | boolean;
      line: number;
      column: number;
      mustEscape: boolean;
    }[];
    readonly nodes?: readonly PugNode[];
    readonly block?: PugNode | null;
    readonly consequent?: PugNode | null;
    readonly alternate?: PugNode | null;
    /** JavaScript: of a condition or a loop, of each, of case and when. */
    readonly test?: string;
    readonly obj?: string;
    readonly key?: string | null;
    readonly expr?: string;
    readonly attributeBlocks?: readonly { readonly val: string }[];
  }

  /** @throws Error with a line and a column where the tokens make no tree */
  const parse: (tokens: readonly unknown[], options: object) => PugNode;
  export default parse;
}

declare module 'pug-lexer' {
  /** @throws Error with a line and a column where the text is not Pug */
  const lex: (text: string) => unknown[];
  export default lex;
}
