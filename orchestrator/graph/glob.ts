/** Whether a name has shell wildcards. */
export function hasWildcard(pattern: string): boolean {
  return /[*?[\]]/.test(pattern);
}

/** Matches a whole name against shell wildcards as Python's fnmatch does: `*` and `?` cross every character, also slashes. */
export function compileWildcard(pattern: string): (name: string) => boolean {
  if (!hasWildcard(pattern)) return (name) => name === pattern;
  const expression = new RegExp(`^${translate(pattern, '[\\s\\S]')}$`);
  return (name) => expression.test(name);
}

/**
 * Matches relative paths against a glob as pathlib does: wildcards stay within one folder, `**` spans any number of
 * folders, a leading `./` and a trailing slash mean nothing.
 */
export function compilePathGlob(glob: string): (path: string) => boolean {
  const parts = glob.split('/').filter((part) => part !== '' && part !== '.');
  if (!hasWildcard(glob)) return (path) => path === parts.join('/');
  const last = parts.length - 1;
  const source = parts.map((part, at) => {
    if (part === '**') return at === last ? '(?:[^/]+/)*' : '(?:[^/]+/)*?';
    return `${translate(part, '[^/]')}${at === last ? '' : '/'}`;
  });
  const expression = new RegExp(`^${source.join('')}$`);
  const closing = parts[last] === '**' ? '/' : '';
  return (path) => expression.test(path + closing);
}

function translate(pattern: string, anyCharacter: string): string {
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    const close = character === '[' ? closingBracket(pattern, at) : -1;
    if (character === '*') source += `${anyCharacter}*`;
    else if (character === '?') source += anyCharacter;
    else if (close > 0) {
      source += characterClass(pattern.slice(at + 1, close));
      at = close;
    } else source += character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
  }
  return source;
}

/** A `]` that comes first, or first after `!`, belongs to the set; a `[` that is never closed stands for itself. */
function closingBracket(pattern: string, open: number): number {
  const first = pattern.charAt(open + 1) === '!' ? open + 2 : open + 1;
  return pattern.indexOf(']', first + 1);
}

function characterClass(set: string): string {
  const negated = set.startsWith('!');
  const members = (negated ? set.slice(1) : set).replace(/[\\\]^[]/g, '\\$&');
  return `[${negated ? '^' : ''}${members}]`;
}
