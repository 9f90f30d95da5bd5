// What stands in the lanes of the timeline. Pure: interaction and axis in, spans and marks out.
import type { Interaction } from '../api/types.js';
import { clock, words } from '../shared/format.js';
import { placed, type Axis, type Span } from './axis.js';
import { monitorChanges } from './monitors.js';

export interface LaneSpan extends Span {
  kind: 'segment' | 'hold' | 'pause' | 'acw' | 'screen' | 'gap';
  label: string;
  /** The row within its lane, so that what overlaps stands below. */
  row: number;
  id: string;
}

export interface Mark {
  atMs: number;
  label: string;
}

export const agentName = (interaction: Interaction, agentId: string): string =>
  interaction.parties?.find((party) => party.agentId === agentId)?.name
  || interaction.screens.find((screen) => screen.agentId === agentId)?.agentName || agentId;

/** @param dn a DN, or several joined by "+" where they are mixed on one channel. */
export const partyName = (interaction: Interaction, dn: string): string =>
  dn.split('+').map((one) => interaction.parties?.find((party) => party.dn === one)?.name || one).join(' + ');

export function callLane(interaction: Interaction, axis: Axis): LaneSpan[] {
  const rows = stack(axis.voices);
  return axis.voices.flatMap((track, i): LaneSpan[] => {
    const { segment } = track, row = rows[i]!, id = segment.id;
    const who = segment.agents.map((agent) => agentName(interaction, agent)).join(', ');
    return [
      { startMs: track.startMs, stopMs: track.stopMs, kind: 'segment', row, id, label: who ? `${who} · ${segment.dn}` : segment.dn },
      ...placed(track, segment.holds).map((span): LaneSpan => ({ ...span, kind: 'hold', row, id, label: `Hold${span.cause ? ` (${span.cause})` : ''}` })),
      ...placed(track, segment.pauses).map((span): LaneSpan => ({ ...span, kind: 'pause', row, id, label: `Paused${span.cause ? ` by ${span.cause}` : ''}` })),
      ...placed(track, segment.gaps).map((span): LaneSpan => ({ ...span, kind: 'gap', row, id, label: `Voice lost${span.cause ? `: ${span.cause}` : ''}` })),
    ];
  });
}

export function screenLane(interaction: Interaction, axis: Axis): LaneSpan[] {
  const rows = stack(axis.screens);
  return axis.screens.flatMap((track, i): LaneSpan[] => {
    const { screen } = track, row = rows[i]!, id = screen.id;
    const acw = interaction.links.filter((link) => link.screenId === screen.id && link.relation === 'acw').map((link) => ({
      startMs: track.startMs + link.screenOffsetMs, stopMs: Math.min(track.stopMs, track.startMs + link.screenOffsetMs + link.lengthMs),
    }));
    const name = screen.agentName || agentName(interaction, screen.agentId);
    return [
      { startMs: track.startMs, stopMs: track.stopMs, kind: 'screen', row, id, label: `Screen of ${name}` },
      ...acw.map((span): LaneSpan => ({ ...span, kind: 'acw', row, id, label: 'After-call work' })),
      ...placed(track, screen.pauses).map((span): LaneSpan => ({ ...span, kind: 'pause', row, id, label: `Paused${span.cause ? ` by ${span.cause}` : ''}` })),
      ...placed(track, screen.gaps).map((span): LaneSpan => ({ ...span, kind: 'gap', row, id, label: `Screen lost${span.cause ? `: ${span.cause}` : ''}` })),
    ];
  });
}

export function marks(interaction: Interaction, axis: Axis): Mark[] {
  const events = (interaction.events ?? []).map((event) => ({
    atMs: Date.parse(event.time) - axis.originMs,
    label: [words(event.name), event.dn && partyName(interaction, event.dn), event.otherDn && `with ${partyName(interaction, event.otherDn)}`, event.detail]
      .filter(Boolean).join(' · '),
  }));
  const monitors = axis.screens.flatMap(({ screen, startMs }) => monitorChanges(screen).map(({ atMs, name, came }) => ({
    atMs: startMs + atMs, label: `Monitor ${name} ${came ? 'connected' : 'disconnected'} · ${agentName(interaction, screen.agentId)}`,
  })));
  return [...events, ...monitors].filter((mark) => mark.atMs >= -1000 && mark.atMs <= axis.lengthMs + 1000)
    .map((mark) => ({ ...mark, atMs: Math.min(axis.lengthMs, Math.max(0, mark.atMs)) }))
    .sort((a, b) => a.atMs - b.atMs);
}

/** All lanes in words, in order of time: the timeline for those who do not see it. */
export function asTable(interaction: Interaction, axis: Axis): { atMs: number; stopMs: number | null; what: string }[] {
  return [
    ...[...callLane(interaction, axis), ...screenLane(interaction, axis)].map((span) => ({ atMs: span.startMs, stopMs: span.stopMs, what: span.label })),
    ...marks(interaction, axis).map((mark) => ({ atMs: mark.atMs, stopMs: null, what: mark.label })),
  ].sort((a, b) => a.atMs - b.atMs);
}

export const describe = (span: Span & { label: string }): string => `${span.label}, ${clock(span.startMs, true)} to ${clock(span.stopMs, true)}`;

/** The first row in which each span finds room. */
export function stack(spans: Span[]): number[] {
  const ends: number[] = [];
  return spans.map((span) => {
    let row = ends.findIndex((end) => end <= span.startMs + 1);
    if (row < 0) row = ends.push(0) - 1;
    ends[row] = span.stopMs;
    return row;
  });
}
