// The keyboard map. Pure: a key press in, an action out; the help shows the same list.

export type Action =
  | { do: 'toggle' } | { do: 'by'; ms: number } | { do: 'to'; share: number } | { do: 'frame'; by: number }
  | { do: 'speed'; by: number } | { do: 'mute' } | { do: 'monitor'; number: number } | { do: 'event'; by: number }
  | { do: 'full' } | { do: 'help' } | { do: 'zoom'; factor: number } | { do: 'copy' } | { do: 'agent' };

export const KEY_MAP: { keys: string[]; what: string }[] = [
  { keys: ['Space', 'K'], what: 'Play or pause' },
  { keys: ['←', '→'], what: 'Back or on 5 s (more at higher speed)' },
  { keys: ['J', 'L'], what: 'Back or on 10 s' },
  { keys: ['Shift ←', 'Shift →'], what: 'Back or on 1 s' },
  { keys: [',', '.'], what: 'Back or on one picture' },
  { keys: ['[', ']'], what: 'Slower or faster' },
  { keys: ['Home', 'End'], what: 'To the beginning or the end' },
  { keys: ['P', 'E'], what: 'To the previous or next event' },
  { keys: ['M'], what: 'Mute or unmute' },
  { keys: ['A'], what: 'Next agent’s screen' },
  { keys: ['1–9', '0'], what: 'One monitor, or all' },
  { keys: ['+', '−'], what: 'Look closer at the timeline, or wider' },
  { keys: ['C'], what: 'Copy a link to this moment' },
  { keys: ['F'], what: 'Full screen' },
  { keys: ['?'], what: 'This help' },
];

export interface Press {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/** @param rate the speed: at 2× a jump is twice as long, so that it costs as many presses. */
export function actionOf(press: Press, rate: number): Action | null {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  const scale = Math.max(1, rate), key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (/^[0-9]$/.test(key)) return { do: 'monitor', number: Number(key) };
  switch (key) {
    case ' ': case 'k': return { do: 'toggle' };
    case 'ArrowLeft': return { do: 'by', ms: press.shiftKey ? -1000 : -5000 * scale };
    case 'ArrowRight': return { do: 'by', ms: press.shiftKey ? 1000 : 5000 * scale };
    case 'j': return { do: 'by', ms: -10_000 * scale };
    case 'l': return { do: 'by', ms: 10_000 * scale };
    case 'PageUp': return { do: 'by', ms: -60_000 };
    case 'PageDown': return { do: 'by', ms: 60_000 };
    case ',': return { do: 'frame', by: -1 };
    case '.': return { do: 'frame', by: 1 };
    case '[': return { do: 'speed', by: -1 };
    case ']': return { do: 'speed', by: 1 };
    case 'Home': return { do: 'to', share: 0 };
    case 'End': return { do: 'to', share: 1 };
    case 'p': return { do: 'event', by: -1 };
    case 'e': case 'n': return { do: 'event', by: 1 };
    case 'm': return { do: 'mute' };
    case 'a': return { do: 'agent' };
    case 'c': return { do: 'copy' };
    case 'f': return { do: 'full' };
    case '?': return { do: 'help' };
    case '+': case '=': return { do: 'zoom', factor: 0.5 };
    case '-': case '_': return { do: 'zoom', factor: 2 };
    default: return null;
  }
}
