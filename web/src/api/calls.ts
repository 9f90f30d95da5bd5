// The calls of the API that the pages make, by name.
import { get, post, put, request, useCsrfToken } from './client.js';
import type { Agent, DesktopState, Device } from './desktop-types.js';
import type { Interaction, InteractionPage, Me, Peaks } from './types.js';

const part = encodeURIComponent;

export async function signIn(userName: string, password: string): Promise<Me> {
  const me = await post<Me>('/api/v2/session', { userName, password });
  useCsrfToken(me.csrfToken);
  return me;
}

export async function signOut(): Promise<void> {
  await request('DELETE', '/api/v2/session');
  useCsrfToken(null);
}

export async function whoAmI(): Promise<Me> {
  const me = await get<Me>('/api/v2/me');
  useCsrfToken(me.csrfToken);
  return me;
}

export interface Filter {
  agentId?: string;
  dn?: string;
  from?: string;
  to?: string;
  callUuid?: string;
}

export function listInteractions(filter: Filter, cursor?: string | null, signal?: AbortSignal): Promise<InteractionPage> {
  const query = new URLSearchParams({ limit: '50' });
  for (const [name, value] of Object.entries(filter)) if (value) query.set(name, value);
  if (cursor) query.set('cursor', cursor);
  return get(`/api/v2/interactions?${query}`, signal);
}

export const readInteraction = (callUuid: string): Promise<Interaction> => get(`/api/v2/interactions/${part(callUuid)}`);
export const readPeaks = (uri: string, samplesPerPeak: number): Promise<Peaks> =>
  get(`${uri}${uri.includes('?') ? '&' : '?'}per=${samplesPerPeak}`);

export const listAgents = async (): Promise<Agent[]> => items(await get('/api/v2/agents'), 'agents');
export const saveAgent = (agentId: string, agent: Record<string, unknown>): Promise<Agent> =>
  put(`/api/v2/agents/${part(agentId)}`, agent);
export const listDevices = async (): Promise<Device[]> => items(await get('/api/v2/srs/devices'), 'devices');
export const newEnrolmentToken = (): Promise<{ token: string }> => post('/api/v2/srs/enrolment-tokens');

export const readState = (): Promise<DesktopState> => get('/api/v2/me/state');
export const operate = (operationName: string): Promise<unknown> => post('/api/v2/me', { operationName });
export const newPairingToken = (): Promise<{ token: string }> => post('/api/v2/me/pairing-token');
export const dial = (destination: string): Promise<unknown> => post('/api/v2/me/calls', { destination });
export const operateCall = (id: string, operationName: string, destination?: string): Promise<unknown> =>
  post(`/api/v2/me/calls/${part(id)}`, destination ? { operationName, destination } : { operationName });

/** A list comes bare or under its name. */
function items<T>(answer: unknown, name: string): T[] {
  if (Array.isArray(answer)) return answer as T[];
  return ((answer as Record<string, unknown> | null)?.[name] as T[] | undefined) ?? [];
}
