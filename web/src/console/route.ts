// The address after "#" says what the console shows. Pure.
import type { Filter } from '../api/calls.js';
import { readMoment, type Moment } from '../player/moment.js';

export type Route =
  | { page: 'list'; filter: Filter }
  | { page: 'interaction'; callUuid: string; moment: Moment }
  | { page: 'agents' }
  | { page: 'devices' }
  | { page: 'live'; agentId: string };

const FILTERS = ['agentId', 'dn', 'from', 'to', 'callUuid'] as const;

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const asked = new URLSearchParams(query), steps = path.split('/').filter(Boolean);
  if (steps[0] === 'i' && steps[1]) return { page: 'interaction', callUuid: decodeURIComponent(steps[1]), moment: readMoment(asked) };
  if (steps[0] === 'agents') return { page: 'agents' };
  if (steps[0] === 'devices') return { page: 'devices' };
  if (steps[0] === 'live' && steps[1]) return { page: 'live', agentId: decodeURIComponent(steps[1]) };
  const filter: Filter = {};
  for (const name of FILTERS) {
    const value = asked.get(name);
    if (value) filter[name] = value;
  }
  return { page: 'list', filter };
}

export function listAddress(filter: Filter): string {
  const query = new URLSearchParams();
  for (const name of FILTERS) if (filter[name]) query.set(name, filter[name]);
  const text = query.toString();
  return text ? `#/?${text}` : '#/';
}
