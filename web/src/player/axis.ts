// One axis for a whole interaction: 0 is its first recorded instant, everything is in ms from there.
import type { Interaction, Interval, Screen, Segment } from '../api/types.js';

export interface Span {
  startMs: number;
  stopMs: number;
}

export interface VoiceTrack extends Span {
  segment: Segment;
}

export interface ScreenTrack extends Span {
  screen: Screen;
}

export interface Axis {
  /** UTC ms of the axis' zero. */
  originMs: number;
  lengthMs: number;
  voices: VoiceTrack[];
  screens: ScreenTrack[];
}

/**
 * Lays an interaction out. Voice stands by its wall time. A screen stands by its link to a segment, because both
 * offsets were measured on one clock; without such a link (after-call work only, non-voice) by its wall time.
 * What still grows ends at `nowMs` (UTC).
 */
export function layOut(interaction: Interaction, nowMs: number): Axis {
  const voices = interaction.segments.map((segment) => ({ segment, ...wallSpan(segment, nowMs) }));
  const voiceStart = new Map(voices.map((track) => [track.segment.id, track.startMs]));
  const screens = interaction.screens.map((screen) => {
    const wall = wallSpan(screen, nowMs);
    const startMs = linkedStart(interaction, screen, voiceStart) ?? wall.startMs;
    return { screen, startMs, stopMs: startMs + (wall.stopMs - wall.startMs) };
  });
  const all: Span[] = [...voices, ...screens];
  const originMs = all.length ? Math.min(...all.map((span) => span.startMs)) : Date.parse(interaction.start);
  const endMs = all.length ? Math.max(...all.map((span) => span.stopMs)) : Date.parse(interaction.stop ?? interaction.start);
  const moved = <T extends Span>(tracks: T[]): T[] =>
    tracks.map((track) => ({ ...track, startMs: track.startMs - originMs, stopMs: track.stopMs - originMs }))
      .sort((a, b) => a.startMs - b.startMs);
  return { originMs, lengthMs: Math.max(0, endMs - originMs), voices: moved(voices), screens: moved(screens) };
}

function linkedStart(interaction: Interaction, screen: Screen, voiceStart: Map<string, number>): number | undefined {
  const links = interaction.links.filter((link) => link.screenId === screen.id && link.segmentId != null
    && link.segmentOffsetMs != null && voiceStart.has(link.segmentId));
  const link = links.find((each) => each.relation === 'primary') ?? links[0];
  return link && voiceStart.get(link.segmentId!)! + link.segmentOffsetMs! - link.screenOffsetMs;
}

function wallSpan(medium: Segment | Screen, nowMs: number): Span {
  const startMs = Date.parse(medium.start);
  if (medium.durationMs != null) return { startMs, stopMs: startMs + medium.durationMs };
  return { startMs, stopMs: Math.max(startMs, medium.stop ? Date.parse(medium.stop) : nowMs) };
}

export const covers = (span: Span, atMs: number): boolean => atMs >= span.startMs && atMs < span.stopMs;

/** The voice to hear at an instant: the one chosen if it covers it, else the one already heard, else the first that does. */
export function voiceAt(axis: Axis, atMs: number, chosen: string | null, current: string | null): VoiceTrack | null {
  const here = axis.voices.filter((track) => covers(track, atMs) && track.segment.state === 'available');
  const byId = (id: string | null) => here.find((track) => track.segment.id === id);
  return byId(chosen) ?? byId(current) ?? here[0] ?? null;
}

/** A screen that begins as soon as this is made ready and shown before its time: its first picture stands for the moment
 * until then, instead of a card that flashes by at the beginning of every call. */
export const SOON_MS = 2000;

/** The screen to see: of the chosen agent, else the one already seen, else of an agent who is heard, else any. */
export function screenAt(
  axis: Axis, atMs: number, chosenAgent: string | null, heard: VoiceTrack | null, current: string | null,
): ScreenTrack | null {
  const playable = axis.screens.filter((track) => track.screen.state === 'available' && (!chosenAgent || track.screen.agentId === chosenAgent));
  const now = playable.filter((track) => covers(track, atMs));
  const here = now.length ? now : playable.filter((track) => track.startMs > atMs && track.startMs - atMs <= SOON_MS);
  return here.find((track) => track.screen.id === current)
    ?? here.find((track) => heard?.segment.agents.includes(track.screen.agentId))
    ?? here[0] ?? null;
}

/** Spans of a medium's own axis, on the common axis and cut to the medium. */
export function placed(track: Span, intervals: Interval[] | undefined): (Span & { cause: string | null })[] {
  return (intervals ?? []).map((interval) => ({
    startMs: Math.max(track.startMs, track.startMs + interval.startMs),
    stopMs: Math.min(track.stopMs, track.startMs + interval.stopMs),
    cause: interval.cause ?? null,
  })).filter((span) => span.stopMs > span.startMs);
}
