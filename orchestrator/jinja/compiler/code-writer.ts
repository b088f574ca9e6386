import compiler from 'nunjucks/src/compiler.js';
import { StrataError } from '../../errors.ts';
import type { Body, Expression, FilterNode, MacroNode, Position, Target } from '../syntax/nodes.ts';
import { type CodeContext, quote, writeExpression } from './expressions.ts';
import { canFold } from './folding.ts';
import { encodePosition } from './unit.ts';

/** Where a function's code comes from and how it hands out numbers to the macros it defines. */
export interface CompilerOptions {
  readonly file: string;
  /** The number of the template's first line. */
  readonly line: number;
  /** Whether a slice occurs anywhere; only then does it matter what Jinja2 computes early. */
  readonly hasSlices: boolean;
  /** Takes a macro in and returns the number by which code refers to it. */
  addMacro(node: MacroNode): number;
}

/** nunjucks' compiler with what writing the code of any statement needs: scopes, variables, assignments, places. */
export abstract class CodeWriter extends compiler.Compiler {
  protected readonly options: CompilerOptions;
  protected scope = 's';
  protected input: string | undefined;
  protected variables: string[] = [];
  protected lastMark = '';
  /** Texts and places, which the code refers to by number so that templates of one shape have the same code. */
  protected readonly constants: (string | number)[] = [];
  readonly #constantCodes = new Map<string | number, string>();

  constructor(options: CompilerOptions) {
    super(options.file);
    this.options = options;
  }

  override fail(message: string, lineno = 0, colno = 0): never {
    const { file, line } = this.options;
    throw new StrataError('template-syntax', message, { file, line: line + lineno, column: colno + 1 });
  }

  protected get context(): CodeContext {
    return {
      scope: this.scope,
      input: this.input,
      isFolded: false,
      canFold: (node) => this.options.hasSlices && canFold(node, false),
      declare: () => this.declare(),
      mark: (position) => this.mark(position),
      constant: (value) => this.constant(value),
    };
  }

  protected expression(node: Expression): string {
    return writeExpression(node, this.context);
  }

  protected declare(): string {
    const name = this._tmpid();
    this.variables.push(name);
    return name;
  }

  protected mark({ lineno, colno }: Position): string {
    return `p=${this.constant(encodePosition(this.options.line + lineno, colno + 1))}`;
  }

  protected constant(value: string | number): string {
    const known = this.#constantCodes.get(value);
    if (known !== undefined) return known;
    const code = `c[${this.constants.push(value) - 1}]`;
    this.#constantCodes.set(value, code);
    return code;
  }

  /** Notes the place of a statement unless the code before has just noted it. */
  protected markStatement(node: Position): void {
    const mark = this.mark(node);
    if (mark !== this.lastMark) this._emit(`${mark};`);
    this.lastMark = mark;
  }

  protected append(code: string): void {
    this._emit(`${this.buffer}+=${code};`);
  }

  /** Writes a body into a text of its own; the code of that text, after the filters. */
  protected capture(body: Body, filter: FilterNode | undefined): string {
    const name = this._pushBuffer();
    this.writeScope(() => this._compileChildren(body));
    this._popBuffer();
    this._emit(`t.checkOutput(${name});`);
    if (filter === undefined) return name;
    this.input = name;
    const code = this.expression(filter);
    this.input = undefined;
    return code;
  }

  protected writeScope(writeBody: () => void): void {
    const outer = this.scope;
    const inner = this._tmpid();
    this._emit(`{const ${inner}=r.scope(${outer});`);
    this.scope = inner;
    this.lastMark = '';
    writeBody();
    this.scope = outer;
    this.lastMark = '';
    this._emit('}');
  }

  protected assign(target: Target, code: string): void {
    switch (target.typename) {
      case 'Name':
        this._emit(`${this.scope}.set(${quote(target.name)},${code});`);
        return;
      case 'NamespaceTarget':
        this._emit(
          `r.setNamespace(${this.scope},${quote(target.name)},${quote(target.attribute)},${code},${this.mark(target)});`,
        );
        return;
      default: {
        const items = this.declare();
        this._emit(`${items}=r.unpack(${code},${target.items.length},${this.mark(target)});`);
        target.items.forEach((item, i) => {
          this.assign(item, `${items}[${i}]`);
        });
      }
    }
  }
}
