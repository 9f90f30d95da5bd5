// Which monitor of a screen recording is shown where, and from which file. Pure. A recording is a row of parts; in each, one
// picture shows all monitors or each monitor has a track of its own. Monitors are known by their names and chosen by their
// number in the order of their coming, 0: all.
import type { Monitor, Screen, ScreenPart } from '../api/types.js';

/** A file and where its picture lies: shares of the frame. Beyond 0…1 it is cut off. */
export interface Tile {
  uri: string;
  label: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Layout {
  /** Width of the frame by its height. */
  ratio: number;
  tiles: Tile[];
}

export function partsOf(screen: Screen): ScreenPart[] {
  if (screen.parts?.length) return screen.parts;
  return [{
    startMs: 0, durationMs: screen.durationMs ?? 0, width: screen.width || 16, height: screen.height || 9,
    monitors: screen.monitors ?? [], trackPerMonitor: false,
  }];
}

/** Index of the part that is shown at `ms` of the recording. */
export const partIndexAt = (screen: Screen, ms: number): number => Math.max(0, partsOf(screen).findLastIndex((part) => part.startMs <= ms));

export const partAt = (screen: Screen, ms: number): ScreenPart => partsOf(screen)[partIndexAt(screen, ms)]!;

export const monitorNames = (screen: Screen): string[] =>
  [...new Set(partsOf(screen).flatMap((part) => part.monitors.map((monitor) => monitor.name)))];

/** Name of the chosen monitor; null: all, as where the recording has not so many. */
export const chosenName = (screen: Screen, number: number): string | null => monitorNames(screen)[number - 1] ?? null;

/** Where a PC did not say how its monitors stand, none is called unplugged. */
export const isConnected = (part: ScreenPart, name: string): boolean =>
  !part.monitors.length || part.monitors.some((monitor) => monitor.name === name);

/** The files that the choice needs from beginning to end of the recording. */
export function sources(screen: Screen, number: number): string[] {
  const name = chosenName(screen, number), parts = partsOf(screen);
  const tracks = (screen.tracks ?? []).filter((track) => (name === null || track.monitor === name) && !track.problem).map((track) => track.mediaUri);
  return screen.mediaUri && parts.some((part) => !part.trackPerMonitor) ? [screen.mediaUri, ...tracks] : tracks;
}

export function layoutAt(screen: Screen, ms: number, number: number): Layout {
  const part = partAt(screen, ms), name = chosenName(screen, number);
  const one = part.monitors.find((monitor) => monitor.name === name);
  if (name !== null && !isConnected(part, name)) return { ratio: part.width / part.height, tiles: [] };
  const frame = one ?? { x: 0, y: 0, width: part.width, height: part.height };
  const place = (uri: string | null | undefined, label: string, box: Omit<Monitor, 'name'>): Tile[] => uri ? [{
    uri, label, x: (box.x - frame.x) / frame.width, y: (box.y - frame.y) / frame.height, width: box.width / frame.width, height: box.height / frame.height,
  }] : [];
  const tiles = part.trackPerMonitor
    ? (one ? [one] : part.monitors).flatMap((monitor) => place(uriOf(screen, monitor.name), `Recorded screen, monitor ${monitor.name}`, monitor))
    : place(screen.mediaUri, one ? `Recorded screen, monitor ${one.name}` : 'Recorded screen', { x: 0, y: 0, width: part.width, height: part.height });
  return { ratio: frame.width / frame.height, tiles };
}

/** Spans of the recording in which a monitor was connected. */
export function connectedSpans(screen: Screen, name: string): { startMs: number; stopMs: number }[] {
  const parts = partsOf(screen), spans: { startMs: number; stopMs: number }[] = [];
  parts.forEach((part, i) => {
    if (!isConnected(part, name)) return;
    const stopMs = parts[i + 1]?.startMs ?? part.startMs + part.durationMs, last = spans.at(-1);
    if (last?.stopMs === part.startMs) last.stopMs = stopMs;
    else spans.push({ startMs: part.startMs, stopMs });
  });
  return spans;
}

/** Monitors that come or go between two parts. */
export function monitorChanges(screen: Screen): { atMs: number; name: string; came: boolean }[] {
  const parts = partsOf(screen);
  return parts.slice(1).flatMap((part, i) => {
    const before = parts[i]!;
    if (!before.monitors.length || !part.monitors.length) return [];
    const names = (of: ScreenPart) => of.monitors.map((monitor) => monitor.name);
    return [
      ...names(before).filter((name) => !names(part).includes(name)).map((name) => ({ atMs: part.startMs, name, came: false })),
      ...names(part).filter((name) => !names(before).includes(name)).map((name) => ({ atMs: part.startMs, name, came: true })),
    ];
  });
}

const uriOf = (screen: Screen, name: string): string | undefined =>
  screen.tracks?.find((track) => track.monitor === name && !track.problem)?.mediaUri;
