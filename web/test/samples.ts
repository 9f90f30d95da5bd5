// A two-step transfer with after-call work, as the server tells it. All seconds count from the call's first instant.
import type { Interaction, Screen, Segment } from '../src/api/types.js';

export const START_MS = Date.UTC(2026, 10, 22, 12, 0, 0);
export const iso = (seconds: number): string => new Date(START_MS + seconds * 1000).toISOString();

export const segment = (id: string, from: number, to: number, more: Partial<Segment> = {}): Segment => ({
  id, dn: `70${id}`, agents: [id.replace('s', 'a')], channels: [`70${id}`, '5550001'], start: iso(from), stop: iso(to),
  durationMs: (to - from) * 1000, mediaUri: `/${id}.wav`, state: 'available', ...more,
});

export const screen = (id: string, from: number, to: number, more: Partial<Screen> = {}): Screen => ({
  id, agentId: id, start: iso(from), stop: iso(to), durationMs: (to - from) * 1000, mediaUri: `/${id}.mp4`, state: 'available', ...more,
});

export function transfer(): Interaction {
  return {
    callUuid: 'U1', kind: 'voice', start: iso(0), stop: iso(70),
    segments: [
      segment('s1', 0, 44, { pauses: [{ startMs: 16_000, stopMs: 20_000, cause: 'Ada' }], holds: [{ startMs: 24_000, stopMs: 42_000 }] }),
      segment('s2', 44, 70),
    ],
    // The PC's wall clock was half a second off: the links, measured on one clock, say where its screen belongs.
    screens: [screen('a1', 0.62, 46.62, { pauses: [{ startMs: 15_880, stopMs: 19_880, cause: 'Ada' }] }), screen('a2', 26, 78)],
    links: [
      { screenId: 'a1', callUuid: 'U1', segmentId: 's1', screenOffsetMs: 0, segmentOffsetMs: 120, lengthMs: 43_880, relation: 'primary' },
      { screenId: 'a2', callUuid: 'U2', segmentId: 'elsewhere', screenOffsetMs: 0, segmentOffsetMs: 0, lengthMs: 18_000, relation: 'primary' },
      { screenId: 'a2', callUuid: 'U1', segmentId: 's2', screenOffsetMs: 18_000, segmentOffsetMs: 0, lengthMs: 26_000, relation: 'overlap' },
      { screenId: 'a2', callUuid: 'U1', segmentId: null, screenOffsetMs: 44_000, segmentOffsetMs: null, lengthMs: 8000, relation: 'acw' },
    ],
  };
}
