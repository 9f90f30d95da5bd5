// The coverage ribbon: every instant of the interaction is recorded, paused by somebody, or lost for a reason.
import type { Interaction } from '../api/types.js';
import { placed, type Axis, type Span } from './axis.js';

export type Cover = 'full' | 'voice' | 'screen' | 'paused' | 'pending' | 'lost';

export interface CoverSpan extends Span {
  cover: Cover;
  /** What is missing here and why, for the reader; empty when nothing is. */
  why: string;
}

export interface Coverage {
  spans: CoverSpan[];
  /** Share of the time in which voice (or screen) was wanted and is there, 0…1; null where it was never wanted. */
  voiceShare: number | null;
  screenShare: number | null;
}

interface Layer extends Span {
  what: 'voice' | 'screen';
  state: 'there' | 'paused' | 'pending' | 'lost';
  why: string;
}

export function coverage(interaction: Interaction, axis: Axis): Coverage {
  const layers = [...voiceLayers(axis), ...screenLayers(axis)];
  const missingScreen = (interaction.missing ?? []).filter((item) => item.what === 'screen').map((item) => item.why);
  const missingVoice = (interaction.missing ?? []).filter((item) => item.what === 'voice').map((item) => item.why);
  const edges = [...new Set([0, axis.lengthMs, ...layers.flatMap((layer) => [layer.startMs, layer.stopMs])])]
    .filter((edge) => edge >= 0 && edge <= axis.lengthMs).sort((a, b) => a - b);

  const spans: CoverSpan[] = [];
  const total = { voice: 0, screen: 0, voiceWanted: 0, screenWanted: 0 };
  for (let i = 0; i + 1 < edges.length; i++) {
    const startMs = edges[i]!, stopMs = edges[i + 1]!, length = stopMs - startMs;
    const here = layers.filter((layer) => layer.startMs <= startMs && layer.stopMs >= stopMs);
    const voice = best(here, 'voice'), screen = best(here, 'screen');
    const inCall = here.some((layer) => layer.what === 'voice');
    if (inCall) total.voiceWanted += length;
    if (screen || missingScreen.length) total.screenWanted += length;
    if (voice && voice.state !== 'lost') total.voice += length;
    if (screen && screen.state !== 'lost') total.screen += length;
    push(spans, { startMs, stopMs, ...judge(voice, screen, missingVoice, missingScreen) });
  }
  return {
    spans,
    voiceShare: total.voiceWanted ? total.voice / total.voiceWanted : missingVoice.length ? 0 : null,
    screenShare: total.screenWanted ? total.screen / total.screenWanted : missingScreen.length ? 0 : null,
  };
}

function judge(voice: Layer | null, screen: Layer | null, noVoice: string[], noScreen: string[]): Pick<CoverSpan, 'cover' | 'why'> {
  const why = [
    voice && voice.state !== 'there' ? voice.why : !voice && noVoice.length ? `Voice missing: ${noVoice.join('; ')}` : '',
    screen && screen.state !== 'there' ? screen.why : !screen && noScreen.length ? `Screen missing: ${noScreen.join('; ')}` : '',
  ].filter(Boolean).join('. ');
  if (voice?.state === 'paused' || screen?.state === 'paused') return { cover: 'paused', why };
  if (voice?.state === 'pending' || screen?.state === 'pending') return { cover: 'pending', why };
  const hasVoice = voice?.state === 'there', hasScreen = screen?.state === 'there';
  if (hasVoice && hasScreen) return { cover: 'full', why };
  if (hasVoice) return { cover: 'voice', why };
  if (hasScreen) return { cover: 'screen', why };
  return { cover: 'lost', why: why || 'Nothing was recorded here' };
}

/** Several tracks may cover one instant; the best of them counts. */
function best(here: Layer[], what: Layer['what']): Layer | null {
  const order = ['paused', 'there', 'pending', 'lost'];
  const ofKind = here.filter((layer) => layer.what === what);
  // Within one track a pause or gap lies over the recorded span, so the narrower layer speaks for its track.
  return ofKind.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))[0] ?? null;
}

function voiceLayers(axis: Axis): Layer[] {
  return axis.voices.flatMap((track) => layersOf('voice', track, track.segment.state, track.segment.pauses, track.segment.gaps, null));
}

function screenLayers(axis: Axis): Layer[] {
  return axis.screens.flatMap((track) =>
    layersOf('screen', track, track.screen.state, track.screen.pauses, track.screen.gaps, track.screen.problem ?? null));
}

function layersOf(
  what: Layer['what'], track: Span, state: string, pauses: Parameters<typeof placed>[1], gaps: Parameters<typeof placed>[1],
  problem: string | null,
): Layer[] {
  const name = what === 'voice' ? 'Voice' : 'Screen';
  if (state === 'missing') return [{ ...track, what, state: 'lost', why: `${name} missing${problem ? `: ${problem}` : ''}` }];
  if (state !== 'available') {
    return [{ ...track, what, state: 'pending', why: state === 'recording' ? `${name} is being recorded now` : `${name} is still uploading` }];
  }
  const paused = placed(track, pauses).map((span): Layer =>
    ({ ...span, what, state: 'paused', why: `${name} paused${span.cause ? ` by ${span.cause}` : ''}` }));
  const lost = placed(track, gaps).map((span): Layer =>
    ({ ...span, what, state: 'lost', why: `${name} lost${span.cause ? `: ${span.cause}` : ''}` }));
  return [...without(track, [...paused, ...lost]).map((span): Layer => ({ ...span, what, state: 'there', why: '' })), ...paused, ...lost];
}

/** What is left of a span when others are taken out of it. */
export function without(span: Span, holes: Span[]): Span[] {
  let at = span.startMs;
  const left: Span[] = [];
  for (const hole of [...holes].sort((a, b) => a.startMs - b.startMs)) {
    if (hole.startMs > at) left.push({ startMs: at, stopMs: Math.min(hole.startMs, span.stopMs) });
    at = Math.max(at, hole.stopMs);
  }
  if (at < span.stopMs) left.push({ startMs: at, stopMs: span.stopMs });
  return left;
}

function push(spans: CoverSpan[], next: CoverSpan): void {
  const last = spans.at(-1);
  if (last && last.cover === next.cover && last.why === next.why && last.stopMs === next.startMs) last.stopMs = next.stopMs;
  else if (next.stopMs > next.startMs) spans.push(next);
}
