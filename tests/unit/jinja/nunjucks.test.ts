import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import compiler from 'nunjucks/src/compiler.js';
import lexer from 'nunjucks/src/lexer.js';
import parser from 'nunjucks/src/parser.js';
import { expect, test } from 'vitest';

const require = createRequire(import.meta.url);

test('nunjucks is the version whose members were checked', () => {
  const file = require.resolve('nunjucks/package.json');
  expect(JSON.parse(readFileSync(file, 'utf8')).version).toBe('3.2.4');
});

test('the tokenizer has the fields that ours moves along', () => {
  const tokenizer = lexer.lex('a\nb');
  expect(tokenizer).toMatchObject({ str: 'a\nb', index: 0, len: 3, lineno: 0, colno: 0, in_code: false });
  expect(tokenizer.isFinished()).toBe(false);
  tokenizer.index = 3;
  expect(tokenizer.isFinished()).toBe(true);
});

test('the token types are texts that differ', () => {
  const types = Object.entries(lexer).filter(([name]) => name.startsWith('TOKEN_'));
  expect(new Set(types.map(([, type]) => type)).size).toBe(types.length);
});

test('the parser reads tokens, or and and, and bodies up to an end tag through the methods ours overrides', () => {
  const tokens = ['a', 'or', 'b', 'and', 'c'].map((value) => ({ type: 'symbol', value, lineno: 0, colno: 0 }));
  class Probe extends parser.Parser {
    override parseNot() {
      return { typename: 'Probe', lineno: 0, colno: 0, value: this.nextToken()?.value };
    }
    override parseNodes() {
      return [{ typename: String(this.breakOnBlocks), lineno: 0, colno: 0 }];
    }
  }
  const probe = new Probe({ nextToken: () => tokens.shift() ?? null });
  expect(probe.breakOnBlocks).toBeNull();
  expect(probe.peekToken()?.value).toBe('a');
  expect(probe.parseOr()).toMatchObject({
    typename: 'Or',
    left: { value: 'a' },
    right: { typename: 'And', left: { value: 'b' }, right: { value: 'c' } },
  });
  expect(probe.parseUntilBlocks('x', 'y')).toMatchObject({ typename: 'NodeList', children: [{ typename: 'x,y' }] });
  expect(probe.parseAsRoot()).toMatchObject({ typename: 'Root', children: [{ typename: 'null' }] });
});

test('the compiler calls the method named after a node and keeps code, buffers and names', () => {
  class Probe extends compiler.Compiler {
    compileThing() {
      this._emit(this._tmpid());
    }
  }
  const probe = new Probe('a.sql');
  probe.buffer = 'o';
  probe._compileChildren({ children: [{ typename: 'Thing' }, { typename: 'Thing' }] });
  expect(probe.getCode()).toBe('t_1t_2');
  expect(probe._pushBuffer()).toBe('t_3');
  expect(probe.buffer).toBe('t_3');
  probe._popBuffer();
  expect(probe.buffer).toBe('o');
});
