// The part of the axis that the timeline shows. Pure.

export interface View {
  startMs: number;
  endMs: number;
}

/** The closest one may look: a second over the whole width. */
const LEAST_MS = 1000;

export const whole = (lengthMs: number): View => ({ startMs: 0, endMs: Math.max(1, lengthMs) });

export function zoom(view: View, lengthMs: number, aroundMs: number, factor: number): View {
  const width = Math.min(Math.max(1, lengthMs), Math.max(LEAST_MS, (view.endMs - view.startMs) * factor));
  const share = (aroundMs - view.startMs) / (view.endMs - view.startMs);
  return within(aroundMs - share * width, width, lengthMs);
}

export function pan(view: View, lengthMs: number, byMs: number): View {
  return within(view.startMs + byMs, view.endMs - view.startMs, lengthMs);
}

/** Turns a page when the playhead has run out of sight. */
export function follow(view: View, lengthMs: number, atMs: number): View {
  if (atMs >= view.startMs && atMs <= view.endMs) return view;
  return within(atMs, view.endMs - view.startMs, lengthMs);
}

function within(startMs: number, width: number, lengthMs: number): View {
  const start = Math.max(0, Math.min(startMs, Math.max(1, lengthMs) - width));
  return { startMs: start, endMs: start + width };
}

/** Times for the ruler: about `count` of them, on steps that people count in. */
export function ticks(view: View, count: number): { stepMs: number; at: number[] } {
  const steps = [100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000];
  const wanted = (view.endMs - view.startMs) / Math.max(1, count);
  const stepMs = steps.find((step) => step >= wanted) ?? 7_200_000;
  const at: number[] = [];
  for (let t = Math.ceil(view.startMs / stepMs) * stepMs; t <= view.endMs; t += stepMs) at.push(t);
  return { stepMs, at };
}
