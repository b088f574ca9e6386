import { parseTemplate, type Template } from '../jinja/template.ts';
import type { Node } from '../manifest/node.ts';
import { dbtBlocks } from '../render/macro-registry.ts';
import type { TemplateStore } from './compile-env.ts';

/** Parses a node's template when it is first asked for. Generic tests of one kind share their text, so one parse. */
export function createTemplateStore(): TemplateStore {
  const byPlace = new Map<string, Template>();
  return {
    templateOf(node: Pick<Node, 'unique_id' | 'raw_code' | 'original_file_path' | 'line'>): Template {
      const place = `${node.original_file_path}\0${node.line}\0${node.raw_code}`;
      const known = byPlace.get(place);
      if (known !== undefined) return known;
      const options = { file: node.original_file_path, line: node.line, blocks: dbtBlocks };
      const template = parseTemplate(node.raw_code, options);
      byPlace.set(place, template);
      return template;
    },
  };
}
