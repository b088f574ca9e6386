import type { Body, Expression, ForNode, MacroNode, Statement } from '../syntax/nodes.ts';
import { CodeWriter } from './code-writer.ts';
import { quote, writeCallerCall, writeCondition, writeExpression } from './expressions.ts';
import { canFold } from './folding.ts';

/** The statements that hold others or text, by type. */
type StatementOf<Type extends Statement['typename']> = Extract<Statement, { typename: Type }>;

/** The code of one function: the main part of a template, a macro, or one expression. */
export interface FunctionCode {
  /**
   * The body of a function of `s` (scope), `t` (state), `a` (arguments of a macro), `r` (runtime), `u` (unit) and `c`
   * (constants).
   */
  readonly source: string;
  readonly constants: readonly (string | number)[];
  readonly isGenerator: boolean;
}

/**
 * nunjucks' compiler, writing functions over Python's values. A function gets the scope, the state and the arguments of
 * a macro; it is a generator where it calls anything, since a call may have to wait for the host.
 */
export class JinjaCompiler extends CodeWriter {
  /** The function for the main part of a template. */
  writeTemplate(body: Body): FunctionCode {
    return this.#writeFunction(() => this._compileChildren(body));
  }

  /** The function for a macro: parameters first, defaults evaluated in order. */
  writeMacro(node: MacroNode): FunctionCode {
    return this.#writeFunction(() => {
      this.#writeParameters(node);
      this._compileChildren(node.body);
    });
  }

  /** The function for the value of one expression. */
  writeValue(node: Expression): FunctionCode {
    return this.#writeFunction(() => this._emit(`return ${this.expression(node)};`));
  }

  #writeFunction(writeBody: () => void): FunctionCode {
    this.buffer = 'o';
    writeBody();
    const body = this.getCode();
    const variables = ['o=""', 'p=0', ...this.variables].join(',');
    const source = `"use strict";let ${variables};try{${body}return t.checkOutput(o)}catch(e){throw r.locate(e,p,t,u)}`;
    return { source, constants: this.constants, isGenerator: body.includes('yield*') };
  }

  #writeParameters({ signature: { parameters, defaults } }: MacroNode): void {
    const required = parameters.length - defaults.length;
    parameters.forEach((name, i) => {
      const fallback = defaults[i - required];
      const missing = fallback === undefined ? `r.noParameter(${quote(name)})` : this.expression(fallback);
      this._emit(`s.set(${quote(name)},a[${i}]===undefined?${missing}:a[${i}]);`);
    });
  }

  compileNodeList(node: Body): void {
    this._compileChildren(node);
  }

  compileText(node: StatementOf<'Text'>): void {
    this.append(this.constant(node.value));
  }

  compilePrint({ expression }: StatementOf<'Print'>): void {
    if (expression.typename === 'Constant' && typeof expression.value === 'string') {
      this.append(this.constant(expression.value));
      return;
    }
    this.markStatement(expression);
    const isFolded = this.options.hasSlices && canFold(expression, true);
    this.append(`r.text(${writeExpression(expression, { ...this.context, isFolded })})`);
  }

  compileDo({ expression }: StatementOf<'Do'>): void {
    this.markStatement(expression);
    this._emit(`${this.expression(expression)};`);
  }

  compileSet(node: StatementOf<'Set'>): void {
    this.markStatement(node);
    this.assign(node.target, this.expression(node.value));
  }

  compileSetBlock({ target, filter, body }: StatementOf<'SetBlock'>): void {
    this._emit('{');
    this.assign(target, this.capture(body, filter));
    this._emit('}');
  }

  compileFilterBlock({ filter, body }: StatementOf<'FilterBlock'>): void {
    this._emit('{');
    this.append(`r.filtered(${this.capture(body, filter)})`);
    this._emit('}');
  }

  compileWith({ targets, values, body }: StatementOf<'With'>): void {
    const names = values.map((value) => {
      const name = this.declare();
      this.markStatement(value);
      this._emit(`${name}=${this.expression(value)};`);
      return name;
    });
    this.writeScope(() => {
      targets.forEach((target, i) => {
        this.assign(target, names[i] ?? 'null');
      });
      this._compileChildren(body);
    });
  }

  compileIf({ condition, body, otherwise }: StatementOf<'If'>): void {
    this.markStatement(condition);
    this._emit(`if(${writeCondition(condition, this.context)}){`);
    this._compileChildren(body);
    if (otherwise !== undefined) {
      this._emit('}else{');
      this.lastMark = '';
      this._compileChildren(otherwise);
    }
    this._emit('}');
    this.lastMark = '';
  }

  compileFor(node: ForNode): void {
    this.markStatement(node.items);
    const items = this.expression(node.items);
    if (node.isRecursive) this.#writeRecursive(node, items);
    else this.#writeLoop(node, { items, depth: '0', recurse: 'undefined' });
  }

  #writeRecursive(node: ForNode, items: string): void {
    const name = this.declare();
    const outer = this.buffer;
    this.buffer = this._tmpid();
    this._emit(`${name}=function*(i,d){t.enter();try{let ${this.buffer}="";`);
    this.#writeLoop(node, { items: 'i', depth: 'd', recurse: name });
    this._emit(`return ${this.buffer}}finally{t.leave()}};`);
    this.buffer = outer;
    this.append(`yield*${name}(${items},0)`);
  }

  #writeLoop(node: ForNode, { items, depth, recurse }: LoopCode): void {
    const list = this._tmpid();
    const count = this._tmpid();
    const item = this._tmpid();
    this._emit(`{let ${list}=r.iterate(${items},${this.mark(node)}),${count}=0;`);
    const loop = node.usesLoop ? this._tmpid() : undefined;
    if (loop !== undefined) {
      if (node.test !== undefined) this.#writeSelection(node, node.test, list);
      this._emit(`const ${loop}=r.loop(${list},${depth},${recurse});${list}=${loop};`);
    }
    this._emit(`for(const ${item} of ${list}){t.countIteration(${this.buffer}.length);`);
    this.writeScope(() => {
      if (loop !== undefined) this._emit(`${this.scope}.set("loop",${loop});`);
      this.assign(node.target, item);
      if (loop === undefined && node.test !== undefined) {
        this._emit(`if(!${writeCondition(node.test, this.context)})continue;`);
      }
      this._compileChildren(node.body);
      // Jinja2 takes a loop for empty until a body ran to its end, so one left by `break` at once has its `else` run.
      if (node.otherwise !== undefined) this._emit(`${count}++;`);
    });
    this._emit('}');
    this.#writeElse(node, count);
    this._emit('}');
  }

  /** Where the body looks at `loop`, the loop counts only the items that pass the test. */
  #writeSelection(node: ForNode, test: Expression, list: string): void {
    const item = this._tmpid();
    const outer = this.variables;
    this.variables = [];
    const start = this.codebuf.length;
    this.writeScope(() => {
      this.assign(node.target, item);
      this._emit(`if(${writeCondition(test, this.context)})`);
    });
    const body = this.codebuf.splice(start).join('').replace(/\}$/, '');
    const variables = this.variables.length === 0 ? '' : `let ${this.variables.join(',')};`;
    this.variables = outer;
    if (!body.includes('yield*')) {
      this._emit(`${list}=r.lazily(function*(i){for(const ${item} of i){${variables}${body}yield ${item}}}},${list});`);
      return;
    }
    const kept = this._tmpid();
    this._emit(
      `const ${kept}=[];for(const ${item} of ${list}){${variables}${body}${kept}.push(${item})}}${list}=${kept};`,
    );
  }

  #writeElse({ otherwise }: ForNode, count: string): void {
    this.lastMark = '';
    if (otherwise === undefined) return;
    this._emit(`if(${count}===0){`);
    this.writeScope(() => this._compileChildren(otherwise));
    this._emit('}');
    this.lastMark = '';
  }

  compileBreak(): void {
    this._emit('break;');
  }

  compileContinue(): void {
    this._emit('continue;');
  }

  compileMacro(node: MacroNode): void {
    const macro = `r.macro(u.macros[${this.options.addMacro(node)}],${this.scope})`;
    if (node.kind === 'macro') this._emit(`${this.scope}.set(${quote(node.name)},${macro});`);
  }

  compileRawBlock(): void {}

  compileCallBlock({ call, caller }: StatementOf<'CallBlock'>): void {
    this.markStatement(call);
    const macro = `r.macro(u.macros[${this.options.addMacro(caller)}],${this.scope})`;
    this.append(`r.text(${writeCallerCall(call, macro, this.context)})`);
  }
}

interface LoopCode {
  readonly items: string;
  readonly depth: string;
  readonly recurse: string;
}
