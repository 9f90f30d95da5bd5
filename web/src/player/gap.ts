// What to tell the reader where there is no picture, or a blank one. Pure.
import type { Interaction } from '../api/types.js';
import type { IconName } from '../shared/icons.js';
import { clock, words } from '../shared/format.js';
import { covers, placed, type Axis, type ScreenTrack } from './axis.js';
import { agentName } from './lanes.js';
import { chosenName, connectedSpans, isConnected, partAt } from './monitors.js';

export interface GapCard {
  icon: IconName;
  title: string;
  why: string;
  /** Lies over the picture instead of standing in its place. */
  over?: boolean;
}

/** @param monitor number of the chosen monitor, 0: all. */
export function gapReason(
  interaction: Interaction, axis: Axis, shown: ScreenTrack | null, atMs: number, agentId: string | null, monitor = 0,
): GapCard | null {
  if (shown) return within(shown, atMs) ?? ofMonitor(shown, atMs, monitor);
  const mine = axis.screens.filter((track) => !agentId || track.screen.agentId === agentId);
  const here = mine.find((track) => covers(track, atMs));
  if (here) return unplayable(here);
  const missing = interaction.missing?.find((item) => item.what === 'screen' && (!agentId || item.agentId === agentId));
  if (missing) {
    const whose = missing.agentId ? ` of ${agentName(interaction, missing.agentId)}` : '';
    return { icon: 'warn', title: `The screen${whose} is missing`, why: missing.why };
  }
  const voice = interaction.missing?.find((item) => item.what === 'voice');
  if (!mine.length && !axis.voices.length) return { icon: 'warn', title: 'Nothing was recorded', why: voice?.why ?? '' };
  if (!mine.length) return { icon: 'voice', title: 'Voice only', why: 'No screen was to be recorded for this interaction.' };
  const next = mine.find((track) => track.startMs > atMs);
  if (next) return { icon: 'screen', title: 'The screen recording has not begun yet', why: `It begins at ${clock(next.startMs, true)}.` };
  const last = mine.at(-1)!.screen;
  return { icon: 'screen', title: 'The screen recording has ended', why: last.endReason ? `Reason: ${words(last.endReason)}.` : '' };
}

function within(track: ScreenTrack, atMs: number): GapCard | null {
  const at = (spans: ReturnType<typeof placed>) => spans.find((span) => covers(span, atMs));
  const pause = at(placed(track, track.screen.pauses));
  if (pause) return { icon: 'hold', title: 'Screen recording paused', why: pause.cause ? `By ${pause.cause}. Nothing of this time exists.` : 'Nothing of this time exists.', over: true };
  const gap = at(placed(track, track.screen.gaps));
  return gap ? { icon: 'warn', title: 'The picture was lost here', why: gap.cause ? words(gap.cause) : '', over: true } : null;
}

function ofMonitor(track: ScreenTrack, atMs: number, number: number): GapCard | null {
  const name = chosenName(track.screen, number);
  if (name === null) return null;
  const part = partAt(track.screen, atMs - track.startMs);
  const lost = part.trackPerMonitor ? track.screen.tracks?.find((each) => each.monitor === name)?.problem : undefined;
  if (lost) return { icon: 'warn', title: `The picture of monitor ${name} is missing`, why: lost };
  if (isConnected(part, name)) return null;
  const spans = connectedSpans(track.screen, name).map((span) => `${clock(track.startMs + span.startMs, true)} to ${clock(track.startMs + span.stopMs, true)}`);
  return { icon: 'screen', title: `Monitor ${name} was not connected`, why: spans.length ? `It was from ${spans.join(', ')}.` : '' };
}

function unplayable({ screen }: ScreenTrack): GapCard {
  if (screen.state === 'recording') return { icon: 'screen', title: 'This screen is being recorded now', why: 'It can be played as soon as the recording has ended.' };
  if (screen.state === 'uploading') return { icon: 'screen', title: 'This screen is on its way', why: 'The agent’s PC is still uploading it.' };
  return { icon: 'warn', title: 'This screen is missing', why: screen.problem ?? '' };
}
