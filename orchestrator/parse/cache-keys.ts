import { createHash } from 'node:crypto';
import type { Project } from '../config/load-project.ts';
import type { DiscoveredFiles } from './read-files.ts';

/** What two parses must share to use each other's results. */
export interface ParseSetting {
  readonly strataVersion: string;
  readonly fullRefresh: boolean;
}

/** Names everything a manifest is made from: all files, the settings, the connection, the variables, the version. */
export function contentKeyOf(project: Project, files: DiscoveredFiles, setting: ParseSetting): string {
  const hash = createHash('sha256').update(settingText(project, setting));
  for (const file of [...files.macros, ...files.others]) hash.update(`\0${file.kind}\0${file.display}\0${file.hash}`);
  return hash.digest('hex');
}

/** Names what the rendering of a template depends on besides itself: all macros, variables, the connection. */
export function environmentKeyOf(project: Project, files: DiscoveredFiles, setting: ParseSetting): string {
  const hash = createHash('sha256').update(settingText(project, setting));
  for (const file of files.macros) hash.update(`\0${file.display}\0${file.hash}`);
  for (const file of files.others) if (file.kind === 'docs') hash.update(`\0${file.hash}`);
  return hash.digest('hex');
}

function settingText(project: Project, setting: ParseSetting): string {
  return JSON.stringify([
    setting.strataVersion,
    setting.fullRefresh,
    project.packages.map(({ name, text, displayPrefix, targetPath }) => [name, text, displayPrefix, targetPath]),
    project.settingsTexts,
    project.overrideVars,
    project.target.fields,
  ]);
}
