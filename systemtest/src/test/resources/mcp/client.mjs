// The official client as a filter: {url, token, calls: [{method, params}]} on standard input, what came of each on
// standard output. It finds its packages in the node_modules beside it.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { text } from 'node:stream/consumers';

const { url, token, calls } = JSON.parse(await text(process.stdin));
const client = new Client({ name: 'system-test', version: '1' });
await client.connect(
  new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { Authorization: `Bearer ${token}` } } }),
);
const answers = [
  { server: client.getServerVersion(), capabilities: client.getServerCapabilities(), instructions: client.getInstructions() },
];

async function givenUp({ call, after }) {
  try {
    return await client.callTool(call, undefined, { signal: AbortSignal.timeout(after) });
  } catch (error) {
    return { thrown: String(error) };
  }
}

for (const { method, params } of calls) {
  try {
    switch (method) {
      case 'ping':
        answers.push(await client.ping());
        break;
      case 'tools/list':
        answers.push(await client.listTools());
        break;
      case 'tools/call':
        answers.push(await client.callTool(params));
        break;
      case 'given-up':
        // Given up after a while: the client tells the server so, which the next request makes sure of.
        answers.push(await givenUp(params));
        await client.ping();
        break;
    }
  } catch (error) {
    answers.push({ thrown: String(error) });
  }
}
await client.close();
process.stdout.write(JSON.stringify(answers));
