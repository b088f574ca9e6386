// Loaded before a command: tells at its end how long at least one of its HTTP requests was waiting for a server.
const http = require('node:http');

const request = http.request;
let waiting = 0;
let since = 0n;
let total = 0n;

http.request = (...args) => {
  const sent = request(...args);
  if (waiting === 0) since = process.hrtime.bigint();
  waiting += 1;
  sent.once('close', () => {
    waiting -= 1;
    if (waiting === 0) total += process.hrtime.bigint() - since;
  });
  return sent;
};

process.once('exit', () => process.stderr.write(`waited for servers: ${(Number(total) / 1e9).toFixed(2)} s\n`));
