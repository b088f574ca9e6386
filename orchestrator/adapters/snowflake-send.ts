import type { Connection, FileAndStageBindStatement, RowStatement, StatementOption } from 'snowflake-sdk';

const CANCEL_MILLIS = 1000;

/** A statement as the client has it, before and after its answer. */
export type SnowflakeStatement = RowStatement | FileAndStageBindStatement;

/**
 * Sends one statement and waits for the head of its answer: rows are fetched when they are read. The client repeats
 * requests that failed on the way a few times under one id, by which Snowflake knows a statement it already runs.
 */
export function sendStatement(
  connection: Connection,
  options: Omit<StatementOption, 'complete'>,
  onSent?: (statement: SnowflakeStatement) => void,
): Promise<SnowflakeStatement> {
  return new Promise((resolve, reject) => {
    const sent = connection.execute({
      ...options,
      streamResult: true,
      complete: (error, statement) => (error === undefined || error === null ? resolve(statement) : reject(error)),
    });
    onSent?.(sent);
  });
}

/**
 * Asks the server to stop a statement; whether it did shows in the statement's own answer. Does not wait long for a
 * server that is silent, since the client would go on asking it for minutes.
 */
export function cancelStatement(statement: SnowflakeStatement): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, CANCEL_MILLIS);
    statement.cancel(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
