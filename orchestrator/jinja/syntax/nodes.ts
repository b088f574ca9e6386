/** Where a node begins; lines and columns count from 0. */
export interface Position {
  readonly lineno: number;
  readonly colno: number;
}

interface NodeOf<Type extends string> extends Position {
  readonly typename: Type;
}

/** The arguments of a call, filter or test. */
export interface CallArguments {
  readonly positional: readonly Expression[];
  readonly keywords: readonly (readonly [name: string, value: Expression])[];
  /** `*expression` */
  readonly rest: Expression | undefined;
  /** `**expression` */
  readonly options: Expression | undefined;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**';
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in';

export type NameNode = NodeOf<'Name'> & { readonly name: string };
export type TupleNode = NodeOf<'Tuple'> & { readonly items: readonly Expression[] };
export type CallNode = NodeOf<'Call'> & { readonly target: Expression; readonly args: CallArguments };
export type CompareNode = NodeOf<'Compare'> & {
  readonly first: Expression;
  readonly rest: readonly { readonly operator: CompareOperator; readonly operand: Expression }[];
};
/** A filter; without input it applies to the text of a block. */
export type FilterNode = NodeOf<'Filter'> & {
  readonly input: Expression | undefined;
  readonly name: string;
  readonly args: CallArguments;
};
export type TestNode = NodeOf<'Test'> & {
  readonly target: Expression;
  readonly name: string;
  readonly args: CallArguments;
};
export type SliceNode = NodeOf<'Slice'> & { readonly bounds: readonly (Expression | undefined)[] };
export type ConditionalNode = NodeOf<'Conditional'> & {
  readonly condition: Expression;
  readonly body: Expression;
  readonly otherwise: Expression | undefined;
};

export type Expression =
  | (NodeOf<'Constant'> & { readonly value: null | boolean | string | number | bigint })
  | (NodeOf<'Float'> & { readonly value: number })
  | NameNode
  | TupleNode
  | (NodeOf<'List'> & { readonly items: readonly Expression[] })
  | (NodeOf<'Dict'> & { readonly pairs: readonly (readonly [key: Expression, value: Expression])[] })
  | (NodeOf<'GetAttribute'> & { readonly target: Expression; readonly name: string })
  | (NodeOf<'GetItem'> & { readonly target: Expression; readonly index: Expression })
  | SliceNode
  | CallNode
  | FilterNode
  | TestNode
  | ConditionalNode
  | (NodeOf<'Or'> & { readonly left: Expression; readonly right: Expression })
  | (NodeOf<'And'> & { readonly left: Expression; readonly right: Expression })
  | (NodeOf<'Not'> & { readonly target: Expression })
  | (NodeOf<'Unary'> & { readonly operator: '-' | '+'; readonly target: Expression })
  | (NodeOf<'Binary'> & { readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression })
  | CompareNode
  | (NodeOf<'Concat'> & { readonly parts: readonly Expression[] });

/** What an assignment or a loop may assign to. */
export type Target =
  | NameNode
  | (NodeOf<'TargetTuple'> & { readonly items: readonly Target[] })
  | (NodeOf<'NamespaceTarget'> & { readonly name: string; readonly attribute: string });

/** Names and defaults of a macro or call block. */
export interface Signature {
  readonly parameters: readonly string[];
  /** Defaults of the last parameters. */
  readonly defaults: readonly Expression[];
}

/** The statements between two tags, as nunjucks' parser returns them. */
export type Body = NodeOf<'NodeList' | 'Root'> & { readonly children: readonly Statement[] };

/** A macro, a block the host declared, or the body of a call block. */
export type MacroNode = NodeOf<'Macro'> & {
  readonly kind: string;
  readonly name: string;
  readonly signature: Signature;
  readonly options: ReadonlyMap<string, unknown>;
  readonly body: Body;
  /** Which of `caller`, `varargs` and `kwargs` the body names. */
  readonly uses: ReadonlySet<string>;
  readonly place: {
    readonly start: number;
    readonly end: number;
    readonly bodyStart: number;
    readonly bodyEnd: number;
  };
  readonly endLineno: number;
};

export type ForNode = NodeOf<'For'> & {
  readonly target: Target;
  readonly items: Expression;
  readonly test: Expression | undefined;
  readonly body: Body;
  readonly otherwise: Body | undefined;
  readonly isRecursive: boolean;
  readonly usesLoop: boolean;
};

export type Statement =
  | (NodeOf<'Text'> & { readonly value: string })
  | (NodeOf<'Print'> & { readonly expression: Expression })
  | (NodeOf<'Do'> & { readonly expression: Expression })
  | (NodeOf<'Set'> & { readonly target: Target; readonly value: Expression })
  | (NodeOf<'SetBlock'> & { readonly target: Target; readonly filter: FilterNode | undefined; readonly body: Body })
  | (NodeOf<'FilterBlock'> & { readonly filter: FilterNode; readonly body: Body })
  | (NodeOf<'With'> & {
      readonly targets: readonly Target[];
      readonly values: readonly Expression[];
      readonly body: Body;
    })
  | (NodeOf<'If'> & {
      readonly condition: Expression;
      readonly body: Body;
      readonly otherwise: Body | undefined;
    })
  | ForNode
  | MacroNode
  | (NodeOf<'CallBlock'> & { readonly call: CallNode; readonly caller: MacroNode })
  | (NodeOf<'RawBlock'> & { readonly block: RawBlock })
  | (NodeOf<'NodeList'> & { readonly children: readonly Statement[] })
  | NodeOf<'Break'>
  | NodeOf<'Continue'>;

/** A block whose body is text, with its place in the source. */
export interface RawBlock {
  readonly kind: string;
  readonly name: string;
  readonly body: string;
  readonly start: number;
  readonly end: number;
  readonly endLineno: number;
}

/** Any node; `Filter` chains, bodies and targets included. */
export type Node = Expression | Statement | Target | Body;
