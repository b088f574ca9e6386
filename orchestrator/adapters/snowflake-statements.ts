/** What may stand between statements and must be read as one piece: comments, texts, names and dollar-quoted blocks. */
const pieces =
  /--[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|\$\$[\s\S]*?(?:\$\$|$)|;|[^;'"$/-]+|[\s\S]/g;

/**
 * The statements of a text, since Snowflake takes one at a time; those that say nothing are left out. Blocks of
 * Snowflake Scripting need `$$` around them, as in dbt.
 */
export function splitStatements(sql: string): string[] {
  const statements: string[] = [];
  let text = '';
  let says = false;
  for (const [piece] of sql.matchAll(pieces)) {
    if (piece === ';') {
      if (says) statements.push(text.trim());
      text = '';
      says = false;
      continue;
    }
    text += piece;
    says ||= !/^(?:--|\/\/|\/\*|\s+$)/.test(piece);
  }
  if (says) statements.push(text.trim());
  return statements;
}
