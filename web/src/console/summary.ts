// What one row of the list says. Pure.
import type { InteractionSummary, MediaState, Missing } from '../api/types.js';

export const isLive = (item: InteractionSummary): boolean =>
  item.state === 'recording' || item.voiceState === 'recording' || item.screenState === 'recording' || (!item.stop && !item.state);

export interface Badge {
  state: MediaState | 'none' | 'part';
  label: string;
  why: string;
}

/** What of voice or screen is there; when something is missing, why. */
export function badge(item: InteractionSummary, what: 'voice' | 'screen'): Badge {
  const name = what === 'voice' ? 'Voice' : 'Screen';
  const lost = (item.missing ?? []).filter((each: Missing) => each.what === what).map((each) => each.why);
  const count = what === 'voice' ? item.segments : item.screens;
  const told = what === 'voice' ? item.voiceState : item.screenState;
  const state = told ?? (count ? (isLive(item) ? 'recording' : item.state && item.state !== 'missing' ? item.state : 'available') : lost.length ? 'missing' : 'none');
  if (lost.length) return { state: state === 'missing' || state === 'none' ? 'missing' : 'part', label: `${name} missing`, why: [...new Set(lost)].join('; ') };
  const said = { recording: 'recording', uploading: 'uploading', available: 'ready', missing: 'missing', none: 'none' }[state];
  return { state, label: state === 'none' ? `No ${what}` : `${name} ${said}`, why: state === 'none' ? `No ${what} was to be recorded` : '' };
}

/** Names of one side of the interaction. */
export function side(item: InteractionSummary, agents: boolean): string {
  const names = (item.parties ?? []).filter((party) => Boolean(party.agentId) === agents).map((party) => party.name || party.agentId || party.dn);
  return [...new Set(names)].join(', ');
}
