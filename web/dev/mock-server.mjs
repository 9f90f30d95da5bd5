// A stand-in for the server: the built pages, the plan's API and a recorder's pairing port, all on loopback.
// node web/dev/mock-server.mjs [PORT]   prints "ready http://127.0.0.1:PORT srs=PORT". User: ada, admin; password: secret.
// For tests: POST /dev/state sets the agent's state, POST /dev/mode {"srs":"ok|refuse|absent","empty":true}, GET /dev/log lists requests.
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeMedia } from './media.mjs';
import { peaksOf } from './peaks.mjs';
import { accept, frame } from './web-socket.mjs';
import { agents, devices, interactions, summary } from './world.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const artifacts = join(here, '..', '..', 'artifacts');
const mediaFolder = join(artifacts, 'web-mock');
makeMedia(mediaFolder);

const headersSource = readFileSync(join(here, '../../src/Tandem.WebServices/Pages/SecurityHeaders.cs'), 'utf8');
const constant = (name) => [...headersSource.split(`${name} =`)[1].split(';\n')[0].matchAll(/"([^"]*)"/g)].map((match) => match[1]).join('');
const pageHeaders = {
  'Content-Security-Policy': constant('ContentSecurityPolicy'), 'Permissions-Policy': constant('PermissionsPolicy'), 'X-Content-Type-Options': 'nosniff',
};

const idle = { agentState: 'LoggedOut', dn: '7001', calls: [], screen: { state: 'unavailable', reason: 'No screen recorder is signed in for you.', captureId: null, deviceId: null } };
const world = { state: idle, mode: { srs: 'ok', empty: false }, log: [], sockets: new Set() };
const users = { ada: { userName: 'ada', roles: ['agent'], agentId: 'a1', csrfToken: 't1' }, admin: { userName: 'admin', roles: ['administrator', 'supervisor'], agentId: null, csrfToken: 't2' } };

const json = (response, status, body) => {
  response.writeHead(status, { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' });
  response.end(body === undefined ? '' : JSON.stringify(body));
};
const problem = (response, status, detail) => json(response, status, { type: 'about:blank', title: 'Refused', status, detail });

function tell() {
  for (const socket of world.sockets) socket.write(frame(JSON.stringify({ type: 'state', ...world.state })));
}

async function bodyOf(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text ? JSON.parse(text) : {};
}

function file(request, response, path, headers = {}) {
  if (!existsSync(path)) return problem(response, 404, 'No such file.');
  const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.wav': 'audio/wav', '.mp4': 'video/mp4', '.map': 'application/json' };
  const size = statSync(path).size, range = /bytes=(\d*)-(\d*)/.exec(request.headers.range ?? '');
  const head = { 'Content-Type': types[extname(path)] ?? 'application/octet-stream', 'Accept-Ranges': 'bytes', ETag: `"${size}"`, ...headers };
  if (!range) {
    response.writeHead(200, { ...head, 'Content-Length': size });
    return createReadStream(path).pipe(response);
  }
  const start = range[1] ? Number(range[1]) : size - Number(range[2]), end = range[1] && range[2] ? Math.min(size - 1, Number(range[2])) : size - 1;
  response.writeHead(206, { ...head, 'Content-Length': end - start + 1, 'Content-Range': `bytes ${start}-${end}/${size}` });
  return createReadStream(path, { start, end }).pipe(response);
}

function operate(name) {
  const call = { id: '0123456789abcdef', callUuid: 'U', state: 'Established', callType: 'Inbound', otherDn: '5550001', recordingState: 'On', startTime: new Date().toISOString() };
  const first = world.state.calls[0] ?? call;
  const next = {
    StartContactCenterSession: { agentState: 'Ready' }, EndContactCenterSession: { agentState: 'LoggedOut' }, Ready: { agentState: 'Ready' }, NotReady: { agentState: 'NotReady' }, AfterCallWork: { agentState: 'AfterCallWork' },
    Answer: { calls: [{ ...first, state: 'Established', recordingState: 'On' }], screen: { ...world.state.screen, state: 'recording' } }, Hold: { calls: [{ ...first, state: 'Held' }] }, Retrieve: { calls: [{ ...first, state: 'Established' }] },
    Hangup: { calls: [], screen: { ...world.state.screen, state: 'off' } }, PauseCallRecording: { calls: [{ ...first, recordingState: 'Paused' }], screen: { ...world.state.screen, state: 'paused' } },
    ResumeCallRecording: { calls: [{ ...first, recordingState: 'On' }], screen: { ...world.state.screen, state: 'recording' } }, SingleStepTransfer: { calls: [] },
  }[name];
  if (next) world.state = { ...world.state, ...next };
  tell();
}

async function api(request, response, path, query) {
  const user = users[/tandem_session=(\w+)/.exec(request.headers.cookie ?? '')?.[1]];
  if (path === '/api/v2/session' && request.method === 'POST') {
    const { userName, password } = await bodyOf(request);
    if (!users[userName] || password !== 'secret') return problem(response, 401, 'User name or password is wrong.');
    response.setHeader('Set-Cookie', `tandem_session=${userName}; HttpOnly; SameSite=Strict; Path=/`);
    return json(response, 200, users[userName]);
  }
  if (!user) return problem(response, 401, 'Sign in first.');
  if (request.method !== 'GET' && request.headers['x-csrf-token'] !== user.csrfToken) return problem(response, 403, 'The CSRF token is missing.');
  const body = request.method === 'GET' ? {} : await bodyOf(request);
  if (request.method !== 'GET') world.log.push({ method: request.method, path, body });
  if (path === '/api/v2/session') {
    response.setHeader('Set-Cookie', 'tandem_session=; Max-Age=0; Path=/');
    return json(response, 204);
  }
  if (path === '/api/v2/me' && request.method === 'GET') return json(response, 200, user);
  if (path === '/api/v2/me/state') return json(response, 200, world.state);
  if (path === '/api/v2/me/pairing-token') return json(response, 200, { token: 'pair-me' });
  if (path === '/api/v2/me' || /^\/api\/v2\/me\/calls\/\w+$/.test(path)) {
    if (body.destination === '0') return problem(response, 409, 'Nobody is at DN 0.');
    operate(body.operationName);
    return json(response, 200, { statusCode: 0 });
  }
  if (path === '/api/v2/agents') return json(response, 200, { agents });
  if (path.startsWith('/api/v2/agents/')) return json(response, 200, { ...body, agentId: path.split('/').at(-1) });
  if (path === '/api/v2/srs/devices') return json(response, 200, { devices });
  if (path === '/api/v2/srs/enrolment-tokens') return json(response, 201, { token: 'enrol-7f3a9c' });
  if (path === '/api/v2/interactions') {
    const found = interactions.filter((one) => (!query.get('agentId') || one.parties.some((party) => party.agentId === query.get('agentId'))) && (!query.get('callUuid') || one.callUuid === query.get('callUuid')));
    return json(response, 200, { interactions: world.mode.empty ? [] : found.map(summary), next: null });
  }
  const one = interactions.find((each) => path === `/api/v2/interactions/${each.callUuid}`);
  if (one) return json(response, 200, one);
  const wav = /\/play\/(\w+)\.wav$/.exec(path), peaks = /\/peaks\/(\w+)\.json$/.exec(path), mp4 = /\/content\/(\w+)\.mp4$/.exec(path);
  if (wav) return file(request, response, join(mediaFolder, `${wav[1]}.wav`));
  if (mp4) return file(request, response, join(mediaFolder, `${mp4[1]}.mp4`));
  if (peaks) return json(response, 200, peaksOf(join(mediaFolder, `${peaks[1]}.wav`), Number(query.get('per')) || 800));
  return problem(response, 404, 'There is no such thing here.');
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://127.0.0.1'), path = url.pathname;
  try {
    if (path === '/dev/log') return json(response, 200, world.log);
    if (path === '/dev/state') { world.state = { ...world.state, ...await bodyOf(request) }; tell(); return json(response, 204); }
    if (path === '/dev/mode') { Object.assign(world.mode, await bodyOf(request)); return json(response, 204); }
    if (path === '/dev/drop') { for (const socket of world.sockets) socket.destroy(); return json(response, 204); }
    if (path.startsWith('/api/')) return await api(request, response, path, url.searchParams);
    if (/^\/(console|workspace)\/$/.test(path)) return file(request, response, join(artifacts, 'web', path, 'index.html'), pageHeaders);
    if (/^\/assets\/[\w.-]+$/.test(path)) return file(request, response, join(artifacts, 'web', path));
    return problem(response, 404, 'There is no such page.');
  } catch (error) {
    console.error(error);
    return problem(response, 500, String(error));
  }
});
server.on('upgrade', (request, socket) => {
  accept(request, socket);
  world.sockets.add(socket);
  socket.on('close', () => world.sockets.delete(socket));
});

const srs = createServer(async (request, response) => {
  const cors = { 'Access-Control-Allow-Origin': request.headers.origin ?? '', Vary: 'Origin', 'Access-Control-Allow-Headers': 'content-type', 'Access-Control-Allow-Methods': 'POST' };
  for (const [name, value] of Object.entries(cors)) response.setHeader(name, value);
  if (world.mode.srs === 'absent') return request.socket.destroy();
  if (request.method === 'OPTIONS') return json(response, 204);
  const body = await bodyOf(request);
  world.log.push({ method: request.method, path: `srs:${request.url}`, body });
  if (world.mode.srs === 'refuse') return problem(response, 403, 'This PC is enrolled at another server.');
  world.state = { ...world.state, screen: { state: 'off', reason: null, captureId: null, deviceId: 'd-19f0' } };
  tell();
  return json(response, 200, { agentId: 'a1' });
});

server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => srs.listen(0, '127.0.0.1', () =>
  console.log(`ready http://127.0.0.1:${server.address().port} srs=${srs.address().port}`)));
process.on('SIGTERM', () => process.exit(0));
