import { describe, expect, test } from 'vitest';
import { readQueryComment, renderQueryComment } from '../../../orchestrator/compile/query-comment.ts';
import { createRenderBench, modelNode } from '../../support/render.ts';

function render(setting: Parameters<typeof readQueryComment>[0]) {
  const comment = readQueryComment(setting);
  if (comment === null) return null;
  return renderQueryComment(comment, modelNode('orders', 'select 1'), createRenderBench().env);
}

describe('query comments', () => {
  test('a template knows the node and the target', () => {
    expect(render('{{ target.name }}: {{ node.unique_id }}')).toEqual({
      text: '/* dev: model.shop.orders */',
      append: false,
    });
  });

  test('a mapping may put it behind the statement', () => {
    expect(render({ comment: 'x', append: true })).toEqual({ text: '/* x */', append: true });
  });

  test('a comment cannot end itself', () => {
    expect(render('a */ drop table b; /*')).toEqual({ text: '/* a * / drop table b; /* */', append: false });
  });

  test.each([null, '', { append: true }])('%j means none', (setting) => {
    expect(render(setting)).toBeNull();
  });
});
