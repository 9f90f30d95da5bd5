// What of an interaction is looked at, as its address says it after "?". Pure.

export interface Moment {
  /** Where to begin. */
  readonly atSeconds: number;
  /** The agent whose screen is shown; null: whoever's there is. */
  readonly agentId: string | null;
  /** Number of the monitor shown, from 1; 0: all. */
  readonly monitor: number;
}

export const BEGINNING: Moment = { atSeconds: 0, agentId: null, monitor: 0 };

export function readMoment(asked: URLSearchParams): Moment {
  const at = Number(asked.get('t')), monitor = Number(asked.get('monitor'));
  return { atSeconds: Number.isFinite(at) && at > 0 ? at : 0, agentId: asked.get('agent'), monitor: Number.isInteger(monitor) && monitor > 0 ? monitor : 0 };
}

export function writeMoment({ atSeconds, agentId, monitor }: Moment): string {
  const query = new URLSearchParams({ t: atSeconds.toFixed(1) });
  if (agentId !== null) query.set('agent', agentId);
  if (monitor > 0) query.set('monitor', String(monitor));
  return query.toString();
}
